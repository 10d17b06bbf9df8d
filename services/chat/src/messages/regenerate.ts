import { chat, LunaError } from '@luna/contracts'
import { type CallHandlers, personOf } from '@luna/service'
import type { ChatContext, ChatTx } from '../context.ts'
import { lockWithQueue } from '../conversations/find-conversation.ts'
import type { NextTurn } from '../turns/claim.ts'
import { startTurn } from '../turns/start-turn.ts'
import { findMessage } from './edit-message.ts'

type Handlers = CallHandlers<typeof chat, ChatContext>

/** A new answer beside the old one; the same id is one turn. */
export const regenerate: Handlers['regenerate'] = async (input, ctx, { scope }) => {
  const personId = personOf(scope)
  let next: NextTurn | null = null
  let fresh = false
  const result = await ctx.db.transaction(scope, async tx => {
    const message = await findMessage(tx, input.messageId)
    const parentId = message.role === 'assistant' ? message.parent_id : message.id
    const conversation = await lockWithQueue(tx, message.conversation_id)
    const earlier = await findEarlier(tx, personId, input.id)
    if (earlier) {
      if (earlier.kind !== 'regenerate' || earlier.parent_id !== parentId)
        throw new LunaError('conflict', 'This id was used before for something else. Use a new id.')
      return { conversationId: earlier.conversation_id, messageId: message.id, turnId: earlier.id }
    }
    const turnId = ctx.random.id()
    fresh = true
    next = await startTurn(
      tx,
      conversation,
      {
        id: turnId,
        personId,
        clientId: input.id,
        kind: 'regenerate',
        parentId,
        parentGiven: true,
        userMessageId: parentId,
        characterId: message.character_id ?? conversation.character_ids[0] ?? null,
        instruction: null,
        private: conversation.private,
        risk: 'none',
      },
      ctx.engine.accepting() ? ctx.instanceId : null,
    )
    return { conversationId: conversation.id, messageId: message.id, turnId }
  })
  const claimed = next as NextTurn | null
  if (claimed) ctx.engine.run(claimed.claimed)
  else if (fresh)
    ctx.emit(chat.feeds.turnWaiting, 'all', { conversationId: result.conversationId, turnId: result.turnId })
  return result
}

const findEarlier = (tx: ChatTx, personId: string, clientId: string) =>
  tx.sql
    .selectFrom('turns')
    .select(['id', 'conversation_id', 'kind', 'parent_id'])
    .where('person_id', '=', personId)
    .where('client_id', '=', clientId)
    .executeTakeFirst()
