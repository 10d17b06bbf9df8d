import type { chat } from '@luna/contracts'
import { type CallHandlers, isUuid, personOf } from '@luna/service'
import type { ChatContext } from '../context.ts'
import { decodePage, encodePage, pageLimit } from '../conversations/page-cursor.ts'
import { openBody, openField } from '../db/message-body.ts'
import { loadPath } from '../prompt/load-path.ts'

type Handlers = CallHandlers<typeof chat, ChatContext>

const promptTokens = 4_000

/** Rated answers with what they answered: `chosen` where it was liked, `rejected` where not, both where siblings differ. */
export const trainingPairs: Handlers['trainingPairs'] = async (input, ctx, { scope }) => {
  const personId = personOf(scope)
  const key = await ctx.keys.of(personId)
  const limit = pageLimit(input.limit)
  const after = decodePage(input.cursor, isUuid)
  return ctx.db.transaction(scope, async tx => {
    let query = tx.sql
      .selectFrom('feedback')
      .innerJoin('messages', 'messages.id', 'feedback.message_id')
      .select(['messages.id', 'messages.parent_id', 'messages.body', 'feedback.rating', 'feedback.reason'])
      .where('feedback.person_id', '=', personId)
      .orderBy('messages.id')
      .limit(limit + 1)
    if (after) query = query.where('messages.id', '>', after)
    const rows = await query.execute()
    const shown = rows.slice(0, limit)
    const items = []
    for (const row of shown) {
      const path = await loadPath(tx, key, row.parent_id, promptTokens)
      const text = openBody(key, row.id, row.body).text
      const rival = await tx.sql
        .selectFrom('messages')
        .innerJoin('feedback', 'feedback.message_id', 'messages.id')
        .select(['messages.id', 'messages.body'])
        .where('messages.parent_id', '=', row.parent_id)
        .where('messages.id', '!=', row.id)
        .where('feedback.rating', '!=', row.rating)
        .limit(1)
        .executeTakeFirst()
      const other = rival ? openBody(key, rival.id, rival.body).text : null
      items.push({
        prompt: path.messages.map(message => ({ role: message.role, content: message.text })),
        chosen: row.rating === 'up' ? text : other,
        rejected: row.rating === 'down' ? text : other,
        reason: row.reason ? openField<string>(key, `feedback.${row.id}`, row.reason) : null,
      })
    }
    return { items, nextCursor: rows.length > limit ? encodePage(shown.at(-1)?.id) : null }
  })
}
