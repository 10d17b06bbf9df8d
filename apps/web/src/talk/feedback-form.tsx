import type { Message } from '@luna/contracts'
import { type FormEvent, useEffect, useRef } from 'react'
import { strings } from '../strings.ts'
import { useTalk } from './talk-actions.ts'

const words = strings.actions

/** What was wrong with an answer; the reason may be left out. */
export function FeedbackForm({ message, onClose }: { message: Message; onClose(): void }) {
  const talk = useTalk()
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => {
    form.current?.scrollIntoView({ block: 'nearest' })
  }, [])

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const reason = String(new FormData(event.currentTarget).get('reason')).trim()
    talk.rate(message, { rating: 'down', ...(reason ? { reason } : {}) })
    onClose()
  }

  return (
    <form
      ref={form}
      className="rise panel mt-2 max-w-md scroll-my-4 p-4"
      onSubmit={submit}
      onKeyDown={event => event.key === 'Escape' && onClose()}
    >
      <label className="block text-sm font-medium">
        {words.why}
        <textarea
          // biome-ignore lint/a11y/noAutofocus: the person has just asked to write here.
          autoFocus
          name="reason"
          rows={2}
          maxLength={2_000}
          className="field mt-2 resize-none text-sm font-normal"
          placeholder={words.whyPlaceholder}
          defaultValue={message.feedback?.reason}
        />
      </label>
      <div className="mt-3 flex justify-end gap-2">
        <button type="button" className="btn-quiet py-1.5" onClick={onClose}>
          {strings.conversation.cancel}
        </button>
        <button type="submit" className="btn-primary py-1.5">
          {words.sendFeedback}
        </button>
      </div>
    </form>
  )
}
