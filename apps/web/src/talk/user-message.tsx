import type { Message } from '@luna/contracts'
import { memo, useEffect, useRef, useState } from 'react'
import { strings } from '../strings.ts'
import { Icon } from '../ui/icon.tsx'
import { BranchSwitch } from './branch-switch.tsx'
import { Bubble } from './bubble.tsx'
import { MessageTags, TagButton } from './message-tags.tsx'
import { RemoveDialog } from './remove-dialog.tsx'
import { useTalk } from './talk-actions.ts'

const words = strings.actions

interface UserMessageProps {
  message: Message
  siblings: readonly string[]
  /** Opens the editor from outside (ArrowUp in the composer): a number that rises. */
  editRequest?: number
}

export const UserMessage = memo(function UserMessage({ message, siblings, editRequest = 0 }: UserMessageProps) {
  const talk = useTalk()
  const [editing, setEditing] = useState(false)
  const [removing, setRemoving] = useState(false)
  const [seen, setSeen] = useState(editRequest)
  if (editRequest !== seen) {
    setSeen(editRequest)
    setEditing(true)
  }

  return (
    <article aria-label={strings.talk.you} className="group">
      {editing ? (
        <Editor
          text={message.text}
          onCancel={() => setEditing(false)}
          onSave={text => {
            setEditing(false)
            if (text !== message.text) talk.edit(message, text)
          }}
        />
      ) : (
        <>
          <Bubble text={message.text} />
          <MessageTags tags={message.tags} end />
        </>
      )}
      {!editing && (
        <div
          role="group"
          aria-label={words.group}
          className="mt-0.5 flex h-7 items-center justify-end transition-opacity group-focus-within:opacity-100 group-hover:opacity-100 pointer-fine:opacity-0"
        >
          <BranchSwitch id={message.id} siblings={siblings} onSwitch={talk.switchTo} />
          <button
            type="button"
            className="icon-btn-small"
            aria-label={words.copy}
            title={words.copy}
            onClick={() => talk.copy(message)}
          >
            <Icon name="copy" size={16} />
          </button>
          <button
            type="button"
            className="icon-btn-small"
            aria-label={words.edit}
            title={words.edit}
            onClick={() => setEditing(true)}
          >
            <Icon name="pencil" size={16} />
          </button>
          <TagButton message={message} />
          <button
            type="button"
            className="icon-btn-small"
            aria-label={words.remove}
            title={words.remove}
            onClick={() => setRemoving(true)}
          >
            <Icon name="trash" size={16} />
          </button>
        </div>
      )}
      {removing && <RemoveDialog onClose={() => setRemoving(false)} onConfirm={() => talk.remove(message)} />}
    </article>
  )
})

function Editor({ text, onSave, onCancel }: { text: string; onSave(text: string): void; onCancel(): void }) {
  const [draft, setDraft] = useState(text)
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => {
    form.current?.scrollIntoView({ block: 'nearest' })
  }, [])
  const save = () => draft.trim() !== '' && onSave(draft.trim())
  return (
    <form
      ref={form}
      className="panel ml-auto max-w-[92%] scroll-my-4 p-3"
      onSubmit={event => {
        event.preventDefault()
        save()
      }}
    >
      <textarea
        // biome-ignore lint/a11y/noAutofocus: the person has just asked to edit here.
        autoFocus
        dir="auto"
        className="field-sizing-content max-h-[50vh] w-full resize-none bg-transparent px-1 text-[0.97rem] leading-relaxed outline-none"
        aria-label={words.edit}
        value={draft}
        onChange={event => setDraft(event.target.value)}
        onFocus={event => event.target.setSelectionRange(draft.length, draft.length)}
        onKeyDown={event => {
          if (event.nativeEvent.isComposing) return
          if (event.key === 'Escape') onCancel()
          else if (event.key === 'Enter' && !event.shiftKey) save()
          else return
          event.preventDefault()
        }}
      />
      <div className="mt-2 flex flex-wrap items-center justify-end gap-2">
        <span className="mr-auto text-xs text-faint">{words.editHint}</span>
        <button type="button" className="btn-quiet py-1.5" onClick={onCancel}>
          {strings.conversation.cancel}
        </button>
        <button type="submit" className="btn-primary py-1.5">
          {words.editSend}
        </button>
      </div>
    </form>
  )
}
