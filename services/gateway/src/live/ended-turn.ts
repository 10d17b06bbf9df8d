import { type CallOutput, chat, type Message, type Receipt, type Usage } from '@luna/contracts'
import { person } from '@luna/service'
import type { GatewayContext } from '../context.ts'
import type { TurnEnd } from './frame.ts'

type Turn = CallOutput<typeof chat.calls.getTurn>

const noReceipt: Receipt = { recalled: [], lore: [], cut: [], degraded: [], route: null, promptTokens: 0 }
const noUsage: Usage = { promptTokens: 0, completionTokens: 0, totalTokens: 0, estimated: true }

/** The end of a turn as chat has stored it: what its last frame said, for whoever missed that frame. Null while it runs. */
export async function endedTurn(
  ctx: Pick<GatewayContext, 'call'>,
  personId: string,
  turnId: string,
  cursor: string,
): Promise<TurnEnd | null> {
  const scope = person(personId)
  const turn = await ctx.call(chat.calls.getTurn, { turnId }, { scope })
  if (turn.state !== 'completed' && turn.state !== 'failed' && turn.state !== 'cancelled') return null
  if (turn.state === 'failed') return endOf(turn, cursor, null)
  const { messages } = await ctx.call(chat.calls.turnTexts, { turnId }, { scope })
  return endOf(turn, cursor, messages.findLast(message => message.role === 'assistant') ?? null)
}

function endOf(turn: Turn, cursor: string, message: Message | null): TurnEnd {
  const { id: turnId, conversationId, attempt } = turn
  const place = { conversationId, cursor, turnId, attempt }
  if (turn.state === 'completed' && message)
    return {
      type: 'turn.completed',
      ...place,
      message,
      receipt: turn.receipt ?? noReceipt,
      usage: turn.usage ?? noUsage,
    }
  if (turn.state === 'cancelled') return { type: 'turn.cancelled', ...place, message }
  const gone = { code: 'not-found', message: 'The answer has been deleted.', retryable: false } as const
  return { type: 'turn.failed', ...place, error: turn.error ?? gone }
}
