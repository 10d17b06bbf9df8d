import type { moderation } from '@luna/contracts'
import { type CallHandlers, personOf } from '@luna/service'
import type { ModerationContext } from '../context.ts'
import { openText } from '../review/sealing.ts'

type Handlers = CallHandlers<typeof moderation, ModerationContext>

const rowsAtOnce = 500

/** Serves `moderation.export-page.v1`: verdicts, and with the last page decisions, strikes and crises. */
export const exportPage: Handlers['exportPage'] = async ({ cursor }, ctx, { scope }) => {
  const personId = personOf(scope)
  const key = await ctx.keys.of(personId)
  return ctx.db.transaction(scope, async ({ sql }) => {
    const verdicts = await sql
      .selectFrom('verdicts')
      .select(['id', 'direction', 'classes', 'risk', 'action', 'rule_version', 'at'])
      .where('person_id', '=', personId)
      .$if(cursor !== undefined, query => query.where('id', '>', cursor ?? ''))
      .orderBy('id')
      .limit(rowsAtOnce)
      .execute()
    const rows: Record<string, unknown>[] = verdicts.map(({ at, ...row }) => ({
      type: 'verdict',
      ...row,
      at: at.toISOString(),
    }))
    if (verdicts.length === rowsAtOnce) return { rows, nextCursor: verdicts.at(-1)?.id ?? null }
    const reviews = await sql.selectFrom('reviews').selectAll().where('person_id', '=', personId).execute()
    for (const { id, state, decision, reason, appeal, created_at: at } of reviews)
      rows.push({
        type: 'review',
        id,
        state,
        decision,
        reason: openText(key, 'reason', id, reason),
        appeal: openText(key, 'appeal', id, appeal),
        at: at.toISOString(),
      })
    const crises = await sql
      .selectFrom('crises')
      .select(['risk', 'at', 'checked_in_at'])
      .where('person_id', '=', personId)
      .execute()
    for (const { risk, at, checked_in_at: checkedInAt } of crises)
      rows.push({ type: 'crisis', risk, at: at.toISOString(), checkedInAt: checkedInAt?.toISOString() ?? null })
    return { rows, nextCursor: null }
  })
}
