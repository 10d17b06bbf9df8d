import type { PendingSend } from '@luna/client'
import { useLive, useValue } from '../live/live.ts'
import { strings } from '../strings.ts'
import { Bubble } from './bubble.tsx'

/** A message that has not been accepted yet. */
export function PendingMessage({ send }: { send: PendingSend }) {
  const live = useLive()
  const state = useValue(live.state)
  const offline = state.name !== 'ready'
  return (
    <div>
      <div className="opacity-75">
        <Bubble text={send.text} />
      </div>
      <p className="mt-1 flex justify-end gap-3 text-xs text-faint">
        {offline ? strings.talk.pendingOffline : strings.talk.pending}
        {offline && (
          <button
            type="button"
            className="text-accent underline underline-offset-4"
            onClick={() => live.connection.withdraw(send.id)}
          >
            {strings.talk.takeBack}
          </button>
        )}
      </p>
    </div>
  )
}
