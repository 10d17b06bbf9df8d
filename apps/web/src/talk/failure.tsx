import type { ConversationState, EndedTurn } from '@luna/client'
import type { Message } from '@luna/contracts'
import { strings } from '../strings.ts'
import { Icon } from '../ui/icon.tsx'
import { useTalk } from './talk-actions.ts'

/** A turn that ended without an answer. */
export function Failure({ turn, state }: { turn: EndedTurn; state: ConversationState }) {
  return <FailurePanel reason={turn.error?.message} asked={turn.parentId ? state.messages[turn.parentId] : undefined} />
}

interface FailurePanelProps {
  reason: string | undefined
  asked: Message | undefined
}

/** Why no answer came, and a way to try again. */
export function FailurePanel({ reason, asked }: FailurePanelProps) {
  const talk = useTalk()
  return (
    <div className="rounded-2xl border border-line bg-surface px-5 py-4 text-sm">
      <p className="font-medium">{strings.talk.failed}</p>
      <p className="mt-1 text-soft">{reason}</p>
      {asked && (
        <button type="button" className="btn-quiet mt-3 py-1.5" onClick={() => talk.retry(asked)}>
          <Icon name="again" size={16} />
          {strings.talk.retry}
        </button>
      )}
    </div>
  )
}
