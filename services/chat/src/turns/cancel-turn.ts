import { chat, makeCursor, type TurnState } from '@luna/contracts'
import { type CallHandlers, personOf } from '@luna/service'
import { sql } from 'kysely'
import type { ChatContext, ChatTx } from '../context.ts'
import { lockConversation, noSuch } from '../conversations/find-conversation.ts'
import type { ConversationRow } from '../conversations/to-conversation.ts'

type Handlers = CallHandlers<typeof chat, ChatContext>

const isOver = (state: TurnState): boolean => state === 'completed' || state === 'failed' || state === 'cancelled'

/** A stop commits first. A waiting turn is over with it; a running one is ended by whoever runs it, its text kept. */
export const cancelTurn: Handlers['cancelTurn'] = async ({ turnId }, ctx, { scope }) => {
  const personId = personOf(scope)
  if (ctx.completions.cancel(personId, turnId)) return { turnId, state: 'cancelled' }
  let queuedIn: string | undefined
  const state = await ctx.db.transaction(scope, async (tx): Promise<TurnState | null> => {
    const found = await tx.sql
      .selectFrom('turns')
      .select(['conversation_id', 'state'])
      .where('id', '=', turnId)
      .executeTakeFirst()
    if (!found) return null
    if (isOver(found.state)) return found.state
    const conversation = await lockConversation(tx, found.conversation_id)
    const turn = await tx.sql
      .updateTable('turns')
      .set({ cancel_requested: true })
      .where('id', '=', turnId)
      .returningAll()
      .executeTakeFirstOrThrow()
    if (turn.state !== 'queued') return turn.state
    if (conversation.running_turn_id) queuedIn = conversation.id
    else await sayCancelled(tx, ctx, conversation, turn)
    return endQueued(tx, turn)
  })
  if (!state) {
    ctx.emit(chat.feeds.cancelRequested, 'all', { turnId, personId })
    throw noSuch('turn')
  }
  if (queuedIn || !isOver(state))
    ctx.emit(chat.feeds.cancelRequested, 'all', { turnId, personId, ...(queuedIn ? { queuedIn } : {}) })
  return { turnId, state }
}

/** In a conversation that nobody holds, whoever ends a waiting turn numbers its last frame. */
async function sayCancelled(
  tx: ChatTx,
  ctx: ChatContext,
  conversation: Pick<ConversationRow, 'id' | 'epoch'>,
  turn: Pick<QueuedTurn, 'id' | 'attempt'>,
): Promise<void> {
  const { frame_n: n } = await tx.sql
    .updateTable('conversations')
    .set(eb => ({ frame_n: eb('frame_n', '+', 1) }))
    .where('id', '=', conversation.id)
    .returning('frame_n')
    .executeTakeFirstOrThrow()
  tx.afterCommit(() =>
    ctx.emit(chat.feeds.conversationFrames, conversation.id, {
      type: 'turn.cancelled',
      conversationId: conversation.id,
      cursor: makeCursor(conversation.id, { epoch: conversation.epoch, n }),
      turnId: turn.id,
      attempt: turn.attempt,
      message: null,
    }),
  )
}

interface QueuedTurn {
  id: string
  person_id: string
  conversation_id: string
  attempt: number
  character_id: string | null
  private: boolean
  user_message_id: string | null
}

/** A turn that never ran: over at once; its message takes its place at the end of the branch, unanswered. */
async function endQueued(tx: ChatTx, turn: QueuedTurn): Promise<TurnState> {
  await tx.sql
    .updateTable('turns')
    .set({ state: 'cancelled', ended_at: sql<Date>`now()` })
    .where('id', '=', turn.id)
    .execute()
  const { revision } = await tx.sql
    .selectFrom('conversations')
    .select('revision')
    .where('id', '=', turn.conversation_id)
    .executeTakeFirstOrThrow()
  tx.publish(chat.events.turnEnded, {
    personId: turn.person_id,
    conversationId: turn.conversation_id,
    revision,
    turnId: turn.id,
    attempt: turn.attempt,
    characterId: turn.character_id,
    private: turn.private,
    outcome: 'cancelled',
    userMessageId: turn.user_message_id,
    messageId: null,
    route: null,
    usage: null,
    risk: 'none',
    durationMs: 0,
    firstTokenMs: null,
  })
  return 'cancelled'
}
