import type { EndedTurn } from '@luna/client'
import type { Message } from '@luna/contracts'
import { memo, useState } from 'react'
import { Markdown } from '../markdown/markdown.tsx'
import { strings } from '../strings.ts'
import { Icon } from '../ui/icon.tsx'
import { BranchSwitch } from './branch-switch.tsx'
import { FeedbackButtons } from './feedback-buttons.tsx'
import { FeedbackForm } from './feedback-form.tsx'
import { MessageTags, TagButton } from './message-tags.tsx'
import { Receipt } from './receipt.tsx'
import { RemoveDialog } from './remove-dialog.tsx'
import { useTalk } from './talk-actions.ts'

const words = strings.actions

interface AnswerProps {
  message: Message
  siblings: readonly string[]
  ended: EndedTurn | null
  name: string
  /** The last answer keeps its buttons in sight. */
  last: boolean
}

export const Answer = memo(function Answer({ message, siblings, ended, name, last }: AnswerProps) {
  const talk = useTalk()
  const [removing, setRemoving] = useState(false)
  const [receipt, setReceipt] = useState(false)
  const [asking, setAsking] = useState(false)

  return (
    <article aria-label={name} className="group">
      <div className="voice prose">
        <Markdown text={message.text} />
      </div>
      <MessageTags tags={message.tags} />
      {message.status !== 'complete' && (
        <p className="mt-2 text-sm text-faint italic">
          {message.status === 'stopped' ? strings.talk.stopped : strings.talk.failed}
        </p>
      )}
      <div
        role="group"
        aria-label={words.group}
        className={`mt-1.5 -ml-1.5 flex min-h-7 flex-wrap items-center transition-opacity group-focus-within:opacity-100 group-hover:opacity-100 ${last || receipt || asking ? '' : 'pointer-fine:opacity-0'}`}
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
          aria-label={words.regenerate}
          title={words.regenerate}
          onClick={() => talk.regenerate(message)}
        >
          <Icon name="again" size={16} />
        </button>
        <TagButton message={message} />
        <FeedbackButtons message={message} asking={asking} onAsk={() => setAsking(!asking)} />
        <button
          type="button"
          className="icon-btn-small"
          aria-label={words.remove}
          title={words.remove}
          onClick={() => setRemoving(true)}
        >
          <Icon name="trash" size={16} />
        </button>
        {message.turnId && (
          <button
            type="button"
            className="ml-1 inline-flex items-center gap-1 rounded-full px-2 py-1 text-xs text-faint transition-colors hover:bg-tint hover:text-ink"
            aria-expanded={receipt}
            onClick={() => setReceipt(!receipt)}
          >
            <span className={`transition-transform ${receipt ? 'rotate-90' : ''}`}>
              <Icon name="right" size={13} />
            </span>
            {strings.receipt.open}
          </button>
        )}
      </div>
      {asking && <FeedbackForm message={message} onClose={() => setAsking(false)} />}
      {receipt && message.turnId && <Receipt turnId={message.turnId} known={ended} />}
      {removing && <RemoveDialog onClose={() => setRemoving(false)} onConfirm={() => talk.remove(message)} />}
    </article>
  )
})
