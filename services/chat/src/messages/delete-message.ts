import { chat, LunaError } from '@luna/contracts'
import { type CallHandlers, personOf } from '@luna/service'
import { sql } from 'kysely'
import type { ChatContext, ChatTx } from '../context.ts'
import { lockConversation, requireVersion } from '../conversations/find-conversation.ts'
import { leafBelow } from '../conversations/update-conversation.ts'
import { findMessage } from './edit-message.ts'

type Handlers = CallHandlers<typeof chat, ChatContext>

/** A message and all that follows it. The branch above it, or beside it, becomes the active one. */
export const deleteMessage: Handlers['deleteMessage'] = async ({ messageId, ifVersion }, ctx, { scope }) => {
  const personId = personOf(scope)
  return ctx.db.transaction(scope, async tx => {
    const message = await findMessage(tx, messageId)
    const conversation = await lockConversation(tx, message.conversation_id)
    requireVersion('message', message.version, ifVersion)
    const ids = await below(tx, messageId)
    await refuseWhileAnswered(tx, conversation.running_turn_id, ids)
    await tx.sql.deleteFrom('messages').where('id', '=', messageId).execute()
    const onActivePath = conversation.active_leaf_id !== null && ids.includes(conversation.active_leaf_id)
    const activeLeafId = onActivePath
      ? await nearest(tx, conversation.id, message.parent_id)
      : conversation.active_leaf_id
    await tx.sql
      .updateTable('conversations')
      .set(eb => ({
        active_leaf_id: activeLeafId,
        revision: eb('revision', '+', 1),
        version: eb('version', '+', 1),
        updated_at: sql<Date>`now()`,
      }))
      .where('id', '=', conversation.id)
      .execute()
    for (const id of ids)
      tx.publish(chat.events.messageChanged, {
        personId,
        conversationId: conversation.id,
        revision: conversation.revision + 1,
        messageId: id,
        change: 'deleted',
      })
    tx.afterCommit(() => {
      ctx.paths.drop(conversation.id)
      ctx.emit(chat.feeds.personFrames, personId, {
        type: 'changed',
        what: 'conversation',
        id: conversation.id,
        version: conversation.version + 1,
      })
    })
    return { deleted: ids.length, activeLeafId }
  })
}

async function below(tx: ChatTx, messageId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    with recursive down as (
      select id from messages where id = ${messageId}
      union all
      select m.id from messages m join down on m.parent_id = down.id
    )
    select id from down`.execute(tx.sql)
  return rows.map(row => row.id)
}

async function refuseWhileAnswered(tx: ChatTx, turnId: string | null, ids: readonly string[]): Promise<void> {
  if (!turnId) return
  const turn = await tx.sql.selectFrom('turns').select('parent_id').where('id', '=', turnId).executeTakeFirst()
  if (turn?.parent_id && ids.includes(turn.parent_id))
    throw new LunaError('conflict', 'This message is being answered right now. Stop the answer first, then delete.', {
      details: { turnId },
    })
}

/** The end of the newest branch that is left below the parent, or at the root. */
async function nearest(tx: ChatTx, conversationId: string, parentId: string | null): Promise<string | null> {
  if (parentId) return leafBelow(tx, conversationId, parentId)
  const root = await tx.sql
    .selectFrom('messages')
    .select('id')
    .where('conversation_id', '=', conversationId)
    .where('parent_id', 'is', null)
    .where('placed', '=', true)
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst()
  return root ? leafBelow(tx, conversationId, root.id) : null
}
