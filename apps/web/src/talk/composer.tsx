import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { strings } from '../strings.ts'
import { Icon } from '../ui/icon.tsx'

const limit = 32_000
const words = strings.composer

interface ComposerProps {
  name: string
  /** Under which an unsent text is kept while the page is open. */
  draftKey: string
  initial?: string
  /** Sends; false keeps the text in the field. */
  onSend(text: string): boolean
  /** Stops the running answer; absent when there is none. */
  onStop?: (() => void) | undefined
  onTyping?: (() => void) | undefined
  /** ArrowUp in an empty field. */
  onEditLast?: (() => void) | undefined
  children?: ReactNode
}

const drafts = new Map<string, string>()

export function Composer({
  name,
  draftKey,
  initial = '',
  onSend,
  onStop,
  onTyping,
  onEditLast,
  children,
}: ComposerProps) {
  const [text, setText] = useState(initial || (drafts.get(draftKey) ?? ''))
  const field = useRef<HTMLTextAreaElement>(null)
  const hint = useId()
  const over = text.length > limit ? [...text].length - limit : 0

  useEffect(() => {
    if (matchMedia('(pointer: fine)').matches || initial) field.current?.focus()
  }, [initial])

  const change = (next: string) => {
    setText(next)
    drafts.set(draftKey, next)
  }
  const submit = () => {
    if (text.trim() === '' || over > 0 || !onSend(text.trim())) return
    change('')
    field.current?.focus()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Enter' && !event.shiftKey && !matchMedia('(pointer: coarse)').matches) submit()
    else if (event.key === 'Escape' && onStop) onStop()
    else if (event.key === 'ArrowUp' && text === '' && onEditLast) onEditLast()
    else return
    event.preventDefault()
  }

  return (
    <div className="mx-auto w-full max-w-3xl px-3 pb-[max(0.75rem,env(safe-area-inset-bottom))] sm:px-5">
      {children && <div className="mb-2 px-2 pt-2">{children}</div>}
      <form
        className="panel shadow-soft flex items-end gap-1 rounded-[1.6rem] py-1.5 pr-1.5 pl-4 transition-colors focus-within:border-edge"
        onSubmit={event => {
          event.preventDefault()
          submit()
        }}
      >
        <textarea
          ref={field}
          rows={1}
          dir="auto"
          className="voice field-sizing-content max-h-[40vh] min-h-9 flex-1 resize-none bg-transparent py-1 outline-none placeholder:text-faint"
          aria-label={words.label}
          aria-describedby={hint}
          placeholder={words.placeholder(name)}
          value={text}
          onChange={event => {
            change(event.target.value)
            onTyping?.()
          }}
          onKeyDown={onKeyDown}
        />
        {onStop && text.trim() === '' ? (
          <button
            type="button"
            className="grid size-9 place-items-center rounded-full bg-ink text-paper"
            aria-label={words.stop}
            title={`${words.stop} (Esc)`}
            onClick={onStop}
          >
            <span className="size-3 rounded-[3px] bg-current" />
          </button>
        ) : (
          <button
            type="submit"
            className="grid size-9 shrink-0 place-items-center rounded-full bg-accent text-on-accent transition-colors hover:bg-accent-deep disabled:bg-tint disabled:text-faint"
            aria-label={words.send}
            disabled={text.trim() === '' || over > 0}
          >
            <Icon name="send" size={19} />
          </button>
        )}
      </form>
      <p id={hint} className="mt-1.5 text-center text-xs text-faint">
        {over > 0 ? <span className="text-danger">{words.tooLong(over)}</span> : words.disclosure}
        <span className="sr-only">. {words.hint}</span>
      </p>
    </div>
  )
}
