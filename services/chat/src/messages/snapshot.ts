import { chat, makeCursor } from '@luna/contracts'
import { type CallHandlers, personOf } from '@luna/service'
import type { ChatContext } from '../context.ts'
import { findConversation } from '../conversations/find-conversation.ts'
import { toConversation } from '../conversations/to-conversation.ts'
import { toMessages } from './message-extras.ts'
import { readBranch } from './read-branch.ts'

type Handlers = CallHandlers<typeof chat, ChatContext>

const rows = 50

/** One read: the end of the active branch, the running turn, and the position of the last stored end of a turn. */
export const snapshot: Handlers['snapshot'] = async ({ conversationId }, ctx, { scope }) => {
  const key = await ctx.keys.of(personOf(scope))
  return ctx.db.transaction(scope, async tx => {
    const row = await findConversation(tx, conversationId)
    const turn = row.running_turn_id
      ? await tx.sql
          .selectFrom('turns')
          .select(['id', 'attempt', 'state', 'parent_id'])
          .where('id', '=', row.running_turn_id)
          .executeTakeFirst()
      : undefined
    const page = await readBranch(tx, row.active_leaf_id, rows)
    return {
      conversation: toConversation(row, key),
      messages: await toMessages(tx, key, page.rows),
      cursor: makeCursor(conversationId, { epoch: row.epoch, n: row.frame_n }),
      turn: turn ? { turnId: turn.id, attempt: turn.attempt, state: turn.state, parentId: turn.parent_id } : null,
    }
  })
}

/** The holder alone can say; every chat process is asked, the one that holds the conversation answers on the feed. */
export const checkpoint: Handlers['checkpoint'] = async ({ conversationId }, ctx, { scope }) => {
  await ctx.db.transaction(scope, tx => findConversation(tx, conversationId))
  ctx.emit(chat.feeds.checkpointWanted, 'all', { conversationId })
  return { asked: true }
}
