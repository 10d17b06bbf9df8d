import { chat, LunaError } from '@luna/contracts'
import { type CallHandlers, person, requireSystem } from '@luna/service'
import type { ChatContext } from '../context.ts'
import { lockWithQueue } from '../conversations/find-conversation.ts'
import { sealField } from '../db/message-body.ts'
import type { NextTurn } from './claim.ts'
import { startTurn } from './start-turn.ts'

type Handlers = CallHandlers<typeof chat, ChatContext>

/** Lets the companion speak first. The same id is one turn. */
export const beginTurn: Handlers['beginTurn'] = async (input, ctx, { scope }) => {
  requireSystem(scope)
  const key = await ctx.keys.of(input.personId)
  let next: NextTurn | null = null
  const turnId = await ctx.db.transaction(person(input.personId), async tx => {
    const earlier = await tx.sql
      .selectFrom('turns')
      .select(['id', 'kind'])
      .where('person_id', '=', input.personId)
      .where('client_id', '=', input.id)
      .executeTakeFirst()
    if (earlier && earlier.kind !== 'begin') throw new LunaError('conflict', 'This id was used before for a message.')
    if (earlier) return earlier.id
    const conversation = await lockWithQueue(tx, input.conversationId)
    const id = ctx.random.id()
    next = await startTurn(
      tx,
      conversation,
      {
        id,
        personId: input.personId,
        clientId: input.id,
        kind: 'begin',
        parentId: null,
        parentGiven: false,
        userMessageId: null,
        characterId: input.characterId ?? conversation.character_ids[0] ?? null,
        instruction: sealField(key, `instruction.${id}`, input.instruction),
        private: conversation.private,
        risk: 'none',
      },
      ctx.engine.accepting() ? ctx.instanceId : null,
    )
    return id
  })
  const claimed = next as NextTurn | null
  if (claimed) ctx.engine.run(claimed.claimed)
  else ctx.emit(chat.feeds.turnWaiting, 'all', { conversationId: input.conversationId, turnId })
  return { turnId }
}
