import { LunaError, type TurnFrame, type Usage } from '@luna/contracts'
import type { GatewayContext } from '../context.ts'
import { followTurn } from '../live/follow-turn.ts'
import type { Accept } from '../submit/submission.ts'
import type { CompletionListener } from './listener.ts'
import { TextRelay } from './text-relay.ts'

/**
 * The answer to a message of a kept conversation, as a completion.
 * @returns stops listening; the turn goes on, as its answer is kept
 */
export async function runKept(
  ctx: GatewayContext,
  personId: string,
  { conversationId, turnId }: Accept,
  listener: CompletionListener,
): Promise<() => void> {
  const relay = new TextRelay()
  let over = false
  const say = (text: string | null): boolean => {
    if (text) listener.text(text)
    if (text !== null || over) return text !== null
    over = true
    listener.failed(begunAnew())
    return false
  }
  const end = (work: () => void) => {
    if (over) return
    over = true
    work()
  }
  const take = (frame: TurnFrame): void => {
    if (over) return
    if (frame.type === 'turn.started') relay.restart()
    else if (frame.type === 'turn.delta') say(relay.add(frame.text))
    else if (frame.type === 'turn.replaced') say(relay.withdraw())
    else if (frame.type === 'turn.failed') end(() => listener.failed(LunaError.fromBody(frame.error)))
    else if (frame.type === 'turn.completed' && say(relay.whole(frame.message.text)))
      end(() => listener.ended(relay.filtered ? 'content_filter' : 'stop', frame.usage))
    else if (frame.type === 'turn.cancelled' && say(relay.whole(frame.message?.text ?? '')))
      end(() => listener.ended('stop', noUsage))
  }
  return followTurn(ctx, {
    personId,
    conversationId,
    turnId,
    listener: {
      frame: take,
      snapshot({ turn }) {
        if (turn?.turnId !== turnId || over) return
        relay.restart()
        say(relay.add(turn.text))
      },
      failed: error => end(() => listener.failed(error)),
    },
  })
}

const noUsage: Usage = { promptTokens: 0, completionTokens: 0, totalTokens: 0, estimated: true }

const begunAnew = () =>
  new LunaError(
    'unavailable',
    'The answer was begun anew and says something else than what was sent so far. Read the conversation for the answer that stands.',
    { retryable: false },
  )
