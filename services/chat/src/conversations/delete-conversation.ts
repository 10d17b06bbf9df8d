import { chat } from '@luna/contracts'
import { type CallHandlers, personOf } from '@luna/service'
import type { ChatContext } from '../context.ts'
import { lockConversation } from './find-conversation.ts'

type Handlers = CallHandlers<typeof chat, ChatContext>

/** Everything below it goes with it by the foreign keys; what came from it elsewhere goes by the event. */
export const deleteConversation: Handlers['deleteConversation'] = async (
  { conversationId, ifVersion },
  ctx,
  { scope },
) => {
  const personId = personOf(scope)
  await ctx.db.transaction(scope, async tx => {
    const { revision, version, running_turn_id } = await lockConversation(tx, conversationId, ifVersion)
    await tx.sql.deleteFrom('conversations').where('id', '=', conversationId).execute()
    tx.publish(chat.events.conversationDeleted, { personId, conversationId, revision: revision + 1 })
    tx.afterCommit(() => {
      if (running_turn_id) ctx.emit(chat.feeds.cancelRequested, 'all', { turnId: running_turn_id, personId })
      ctx.paths.drop(conversationId)
      ctx.emit(chat.feeds.personFrames, personId, {
        type: 'changed',
        what: 'conversation',
        id: conversationId,
        version: version + 1,
      })
    })
  })
  await ctx.bus.trim({ name: chat.feeds.conversationFrames.name, key: conversationId })
  return { deleted: true }
}
