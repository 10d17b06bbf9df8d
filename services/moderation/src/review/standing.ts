import { type Decision, LunaError, type moderation } from '@luna/contracts'
import { type CallHandlers, personOf } from '@luna/service'
import { sql as text } from 'kysely'
import { appendAudit } from '../audit/append.ts'
import type { ModerationContext } from '../context.ts'
import { openText, sealText } from './sealing.ts'

type Handlers = CallHandlers<typeof moderation, ModerationContext>

const shownAtMost = 100

/** Serves `moderation.standing.v1`: what was decided about a person, with reasons, for that person alone. */
export const standing: Handlers['standing'] = async (_input, ctx, { scope }) => {
  const key = await ctx.keys.of(personOf(scope))
  const [strikes, reviews] = await ctx.db.transaction(scope, ({ sql }) =>
    Promise.all([
      sql
        .selectFrom('strikes')
        .innerJoin('reviews', 'reviews.id', 'strikes.review_id')
        .select([
          'strikes.id',
          'strikes.restricts',
          'strikes.at',
          'strikes.expires_at',
          'reviews.id as review_id',
          'reviews.reason',
        ])
        .where('strikes.expires_at', '>', text<Date>`now()`)
        .where('strikes.person_id', '=', personOf(scope))
        .orderBy('strikes.at', 'desc')
        .execute(),
      sql
        .selectFrom('reviews')
        .select(['id', 'decision', 'reason', 'updated_at', 'state', 'appeal'])
        .where('decision', 'is not', null)
        .where('decision', '<>', 'dismiss')
        .where('person_id', '=', personOf(scope))
        .orderBy('updated_at', 'desc')
        .limit(shownAtMost)
        .execute(),
    ]),
  )
  const until = strikes.filter(({ restricts }) => restricts).map(({ expires_at: at }) => at.getTime())
  return {
    restrictedUntil: until.length === 0 ? null : new Date(Math.max(...until)).toISOString(),
    strikes: strikes.map(({ id, review_id: reviewId, reason, at, expires_at: expiresAt }) => ({
      id,
      reason: openText(key, 'reason', reviewId, reason) ?? '',
      at: at.toISOString(),
      expiresAt: expiresAt.toISOString(),
    })),
    decisions: reviews.map(({ id, decision, reason, updated_at: at, state, appeal }) => ({
      id,
      decision: decision as Decision,
      reason: openText(key, 'reason', id, reason) ?? '',
      at: at.toISOString(),
      state,
      mayAppeal: state === 'decided' && appeal === null,
    })),
  }
}

/** Serves `moderation.appeal.v1`: once for each decision; another moderator looks. */
export const appeal: Handlers['appeal'] = async ({ id, text: words }, ctx, { scope }) => {
  const key = await ctx.keys.of(personOf(scope))
  return ctx.db.transaction(scope, async tx => {
    const changed = await tx.sql
      .updateTable('reviews')
      .set(eb => ({
        state: 'appealed',
        appeal: sealText(key, 'appeal', id, words),
        version: eb('version', '+', 1),
        updated_at: text<Date>`now()`,
      }))
      .where('id', '=', id)
      .where('person_id', '=', personOf(scope))
      .where('state', '=', 'decided')
      .where('appeal', 'is', null)
      .returning('state')
      .executeTakeFirst()
    if (!changed) {
      const found = await tx.sql
        .selectFrom('reviews')
        .select('state')
        .where('id', '=', id)
        .where('person_id', '=', personOf(scope))
        .executeTakeFirst()
      throw found
        ? new LunaError('conflict', 'A decision can be appealed against once, after it was made.')
        : new LunaError('not-found', 'There is no such decision about you.')
    }
    await appendAudit(tx, [{ kind: 'appeal', body: { review: id } }])
    return { id, state: changed.state }
  })
}
