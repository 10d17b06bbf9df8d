import type { chat } from '@luna/contracts'
import { type CallHandlers, personOf } from '@luna/service'
import type { ChatContext } from '../context.ts'
import { sealField } from '../db/message-body.ts'
import { toConversation } from './to-conversation.ts'

type Handlers = CallHandlers<typeof chat, ChatContext>

export const createConversation: Handlers['createConversation'] = async (input, ctx, { scope }) => {
  const personId = personOf(scope)
  const key = await ctx.keys.of(personId)
  const id = ctx.random.id()
  const row = await ctx.db.transaction(scope, tx =>
    tx.sql
      .insertInto('conversations')
      .values({
        id,
        person_id: personId,
        private: input.private ?? false,
        character_ids: input.characterId ? [input.characterId] : [],
        ...(input.title === undefined
          ? {}
          : { title: sealField(key, `title.${id}`, input.title), title_by: 'person' as const }),
      })
      .returningAll()
      .executeTakeFirstOrThrow(),
  )
  return toConversation(row, key)
}
