import type { ConversationFrame, chat, Receipt } from '@luna/contracts'
import { person, type Rebuilds, system } from '@luna/service'
import type { Selectable } from 'kysely'
import type { ChatContext } from '../context.ts'
import { openField } from '../db/message-body.ts'
import type { TurnTable } from '../db/tables.ts'
import { findMessage } from '../messages/edit-message.ts'
import { toMessage } from '../messages/to-message.ts'
import { type Ending, terminalFrame } from './end-turn.ts'

/** The frame that ended a turn, built again from what the commit stored: its process died before it could send it. */
export const rebuildTerminal: NonNullable<Rebuilds<typeof chat, ChatContext>['conversationFrames']> = async (
  reference,
  ctx,
): Promise<ConversationFrame | null> => {
  const { turnId, epoch, n } = reference as { turnId: string; epoch: number; n: number }
  const turn = await ctx.db.transaction(system, tx =>
    tx.sql.selectFrom('turns').selectAll().where('id', '=', turnId).executeTakeFirst(),
  )
  if (!turn) return null
  const key = await ctx.keys.of(turn.person_id)
  const answerId = turn.answer_message_id
  const message = answerId
    ? await ctx.db.transaction(person(turn.person_id), async tx => toMessage(await findMessage(tx, answerId), key))
    : null
  const receipt = turn.receipt ? openField<Receipt>(key, `receipt.${turn.id}`, turn.receipt) : null
  const ending = endingOf(turn, message?.text ?? '', receipt)
  if (!ending || (ending.kind === 'completed' && !message)) return null
  const facts = { id: turn.id, conversationId: turn.conversation_id, attempt: turn.attempt }
  return terminalFrame(facts, ending, message, { epoch, n })
}

function endingOf(
  turn: Pick<Selectable<TurnTable>, 'state' | 'route' | 'usage' | 'error' | 'first_token_ms'>,
  text: string,
  receipt: Receipt | null,
): Ending | null {
  const { route, usage, error, first_token_ms: firstTokenMs } = turn
  if (turn.state === 'completed' && receipt && usage)
    return { kind: 'completed', text, receipt, usage, route, firstTokenMs }
  if (turn.state === 'cancelled') return { kind: 'cancelled', text, receipt, usage, route, firstTokenMs }
  if (turn.state === 'failed' && error) return { kind: 'failed', error, receipt, route }
  return null
}
