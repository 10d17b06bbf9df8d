import type { chat } from '@luna/contracts'
import { type CallHandlers, personOf } from '@luna/service'
import { sql } from 'kysely'
import type { ChatContext, ChatTx } from '../context.ts'
import { decodePage, encodePage, isNumber, pageLimit } from '../conversations/page-cursor.ts'
import { openField } from '../db/message-body.ts'
import { messageColumns, toMessages } from '../messages/message-extras.ts'

type Handlers = CallHandlers<typeof chat, ChatContext>

/** Best first: the words are looked up as keyed tokens, so the database never sees them. */
export const searchMessages: Handlers['searchMessages'] = async (input, ctx, { scope }) => {
  const personId = personOf(scope)
  const key = await ctx.keys.of(personId)
  const query = key.tsquery(input.q)
  if (!query) return { items: [], nextCursor: null }
  const limit = pageLimit(input.limit)
  const offset = decodePage(input.cursor, isNumber) ?? 0
  return ctx.db.transaction(scope, async tx => {
    const hits = await findHits(tx, query, limit + 1, offset)
    const scores = new Map(hits.slice(0, limit).map(hit => [hit.id, hit.score]))
    const found = await tx.sql
      .selectFrom('messages')
      .select(messageColumns)
      .where('id', 'in', [...scores.keys(), nobody])
      .execute()
    const byId = new Map(found.map(row => [row.id, row]))
    const shown = [...scores.keys()].flatMap(id => byId.get(id) ?? [])
    const messages = await toMessages(tx, key, shown)
    const titles = new Map(
      (shown.length === 0
        ? []
        : await tx.sql
            .selectFrom('conversations')
            .select(['id', 'title'])
            .where('id', 'in', [...new Set(shown.map(row => row.conversation_id))])
            .execute()
      ).map(row => [row.id, row.title ? openField<string>(key, `title.${row.id}`, row.title) : '']),
    )
    return {
      items: messages.map((message, index) => ({
        message,
        conversationTitle: titles.get(message.conversationId) ?? '',
        score: scores.get(shown[index]?.id ?? '') ?? 0,
      })),
      nextCursor: hits.length > limit ? encodePage(offset + limit) : null,
    }
  })
}

const nobody = '00000000-0000-0000-0000-000000000000'

/**
 * The look-up runs in a function that checks the scope itself: below row level security PostgreSQL may not use the
 * full-text index, since `@@` is not leakproof.
 */
async function findHits(
  tx: ChatTx,
  query: string,
  most: number,
  skip: number,
): Promise<{ id: string; score: number }[]> {
  const { rows } = await sql<{ id: string; score: number }>`
    select id, score from search_messages(${query}::tsquery, ${most}, ${skip})`.execute(tx.sql)
  return rows
}
