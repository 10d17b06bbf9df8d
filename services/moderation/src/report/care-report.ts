import type { Decision, moderation, RiskLevel } from '@luna/contracts'
import { type CallHandlers, system } from '@luna/service'
import { sql as text } from 'kysely'
import type { ModerationContext } from '../context.ts'

type Handlers = CallHandlers<typeof moderation, ModerationContext>

/** Serves `moderation.care-report.v1`: sums of counts that never had an id. Open to everybody: it is published. */
export const careReport: Handlers['careReport'] = async ({ year }, ctx) => {
  const rows = await ctx.db.transaction(system, ({ sql }) =>
    sql
      .selectFrom('care_counts')
      .select(['kind', 'detail', text<number>`sum(count)::int`.as('count')])
      .where('day', '>=', `${year}-01-01`)
      .where('day', '<=', `${year}-12-31`)
      .groupBy(['kind', 'detail'])
      .orderBy('detail')
      .execute(),
  )
  const of = (kind: string) => rows.filter(row => row.kind === kind)
  const reviews = of('decision').map(({ detail, count }) => ({ decision: detail as Decision, count }))
  const decided = reviews.reduce((sum, { count }) => sum + count, 0)
  const dismissed = reviews.find(({ decision }) => decision === 'dismiss')?.count ?? 0
  return {
    year,
    cards: of('card').map(({ detail, count }) => ({ risk: detail as RiskLevel, count })),
    checkIns: of('check-in').reduce((sum, { count }) => sum + count, 0),
    reviews,
    falseAlarmShare: decided === 0 ? null : dismissed / decided,
  }
}
