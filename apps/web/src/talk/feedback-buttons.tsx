import type { Message } from '@luna/contracts'
import { strings } from '../strings.ts'
import { Icon } from '../ui/icon.tsx'
import { useTalk } from './talk-actions.ts'

const words = strings.actions

interface FeedbackButtonsProps {
  message: Message
  asking: boolean
  onAsk(): void
}

/** Thumbs: up at once, down after asking for a reason. */
export function FeedbackButtons({ message, asking, onAsk }: FeedbackButtonsProps) {
  const talk = useTalk()
  const rating = message.feedback?.rating
  return (
    <>
      <button
        type="button"
        className="icon-btn-small"
        aria-label={words.up}
        title={words.up}
        aria-pressed={rating === 'up'}
        onClick={() => talk.rate(message, { rating: 'up' })}
      >
        <Icon name="up" size={16} />
      </button>
      <button
        type="button"
        className="icon-btn-small"
        aria-label={words.down}
        title={words.down}
        aria-pressed={rating === 'down'}
        aria-expanded={asking}
        onClick={onAsk}
      >
        <Icon name="down" size={16} />
      </button>
    </>
  )
}
