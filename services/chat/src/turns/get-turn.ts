import type { chat, Receipt } from '@luna/contracts'
import { type CallHandlers, personOf, requireSystem } from '@luna/service'
import type { ChatContext } from '../context.ts'
import { noSuch } from '../conversations/find-conversation.ts'
import { decodePage, encodePage, isNumber, pageLimit } from '../conversations/page-cursor.ts'
import { openField } from '../db/message-body.ts'

type Handlers = CallHandlers<typeof chat, ChatContext>

export const getTurn: Handlers['getTurn'] = async ({ turnId }, ctx, { scope }) => {
  const key = await ctx.keys.of(personOf(scope))
  const row = await ctx.db.transaction(scope, tx =>
    tx.sql.selectFrom('turns').selectAll().where('id', '=', turnId).executeTakeFirst(),
  )
  if (!row) throw noSuch('turn')
  return {
    id: row.id,
    conversationId: row.conversation_id,
    state: row.state,
    attempt: row.attempt,
    route: row.route,
    receipt: row.receipt ? openField<Receipt>(key, `receipt.${row.id}`, row.receipt) : null,
    usage: row.usage,
    error: row.error,
  }
}

/** Turns of everybody, newest first, for operators: ids, numbers and classes only. */
export const listTurns: Handlers['listTurns'] = async (input, ctx, { scope }) => {
  requireSystem(scope)
  const limit = pageLimit(input.limit)
  const before = decodePage(input.cursor, isNumber)
  const rows = await ctx.db.transaction(scope, tx => {
    let query = tx.sql
      .selectFrom('turns')
      .select(['id', 'state', 'attempt', 'holder', 'route', 'created_at', 'ended_at', 'error', 'seq'])
      .orderBy('seq', 'desc')
      .limit(limit + 1)
    if (input.state) query = query.where('state', '=', input.state)
    if (before !== null) query = query.where('seq', '<', before)
    return query.execute()
  })
  const shown = rows.slice(0, limit)
  return {
    items: shown.map(row => ({
      id: row.id,
      state: row.state,
      attempt: row.attempt,
      holder: row.holder,
      route: row.route,
      createdAt: row.created_at.toISOString(),
      endedAt: row.ended_at?.toISOString() ?? null,
      errorCode: row.error?.code ?? null,
    })),
    nextCursor: rows.length > limit ? encodePage(shown.at(-1)?.seq) : null,
  }
}
