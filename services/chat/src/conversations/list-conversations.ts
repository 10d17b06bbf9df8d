import type { chat } from '@luna/contracts'
import { type CallHandlers, personOf } from '@luna/service'
import { sql } from 'kysely'
import type { ChatContext } from '../context.ts'
import { findConversation } from './find-conversation.ts'
import { decodePage, encodePage, isNumber, pageLimit } from './page-cursor.ts'
import { tagKey } from './tag-keys.ts'
import { toConversation } from './to-conversation.ts'

type Handlers = CallHandlers<typeof chat, ChatContext>

/** Last used first. */
export const listConversations: Handlers['listConversations'] = async (input, ctx, { scope }) => {
  const key = await ctx.keys.of(personOf(scope))
  const limit = pageLimit(input.limit)
  const before = decodePage(input.cursor, isNumber)
  const rows = await ctx.db.transaction(scope, tx => {
    let query = tx.sql
      .selectFrom('conversations')
      .selectAll()
      .where('person_id', '=', personOf(scope))
      .orderBy('activity', 'desc')
      .limit(limit + 1)
    if (before !== null) query = query.where('activity', '<', before)
    if (input.tag !== undefined) query = query.where(sql<boolean>`tag_keys @> array[${tagKey(key, input.tag)}]`)
    return query.execute()
  })
  const shown = rows.slice(0, limit)
  return {
    items: shown.map(row => toConversation(row, key)),
    nextCursor: rows.length > limit ? encodePage(shown.at(-1)?.activity) : null,
  }
}

export const getConversation: Handlers['getConversation'] = async ({ conversationId }, ctx, { scope }) => {
  const key = await ctx.keys.of(personOf(scope))
  const row = await ctx.db.transaction(scope, tx => findConversation(tx, conversationId))
  return toConversation(row, key)
}
