import { LunaError, moderation } from '@luna/contracts'
import { type CallHandlers, system } from '@luna/service'
import { sql as text } from 'kysely'
import { appendAudit } from '../audit/append.ts'
import { addCount } from '../care/count.ts'
import type { ModerationContext } from '../context.ts'
import { strikeOf } from './decide-strike.ts'
import { noReview } from './queue.ts'
import { requireModerator } from './require-moderator.ts'
import { sealText } from './sealing.ts'
import { type ReviewRow, selectReviews, toReview } from './select-review.ts'

type Handlers = CallHandlers<typeof moderation, ModerationContext>

/** Serves `moderation.decide-review.v1`. Only who has claimed an entry decides it; an appeal that is dismissed takes the strike back. */
export const decideReview: Handlers['decideReview'] = async (
  { id, decision, reason, note, ifVersion },
  ctx,
  { scope },
) => {
  const moderator = requireModerator(scope)
  const about = await ctx.db.transaction(system, ({ sql }) =>
    sql.selectFrom('reviews').select('person_id').where('id', '=', id).executeTakeFirst(),
  )
  if (!about) throw noReview()
  const key = await ctx.keys.of(about.person_id)
  const row = await ctx.db.transaction(system, async tx => {
    const before = await tx.sql.selectFrom('reviews').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
    if (!before) throw noReview()
    if (before.claimed_by !== moderator || (before.state !== 'claimed' && before.state !== 'appealed'))
      throw new LunaError('conflict', 'Claim the entry first: what was said is to be read before it is decided.')
    if (ifVersion !== undefined && ifVersion !== before.version)
      throw new LunaError(
        'stale',
        `The entry has version ${before.version}, the decision was made on ${ifVersion}. Read it again.`,
      )
    const appealed = before.state === 'appealed'
    await tx.sql
      .updateTable('reviews')
      .set({
        state: appealed ? 'closed' : 'decided',
        decision,
        decided_by: moderator,
        reason: sealText(key, 'reason', id, reason),
        ...(note === undefined ? {} : { note: sealText(key, 'note', id, note) }),
        claimed_by: null,
        claimed_until: null,
        version: before.version + 1,
        updated_at: text<Date>`now()`,
      })
      .where('id', '=', id)
      .execute()
    await tx.sql.deleteFrom('strikes').where('review_id', '=', id).execute()
    const counted = await tx.sql
      .selectFrom('strikes')
      .select(['restricts', text<number>`count(*)::int`.as('count')])
      .where('person_id', '=', before.person_id)
      .where(eb => eb.or([eb('expires_at', '>', text<Date>`now()`), eb('restricts', '=', true)]))
      .groupBy('restricts')
      .execute()
    const standing = (restricts: boolean) => counted.find(one => one.restricts === restricts)?.count ?? 0
    const strike = strikeOf(decision, standing(false), standing(true))
    if (strike)
      await tx.sql
        .insertInto('strikes')
        .values({
          id: ctx.random.id(),
          person_id: before.person_id,
          review_id: id,
          restricts: strike.restricts,
          expires_at: text<Date>`now() + ${strike.forMs} * interval '1 millisecond'`,
        })
        .execute()
    await addCount(tx, ctx.clock.now(), 'decision', decision)
    await appendAudit(tx, [
      { kind: 'decision', body: { review: id, decision, appealed, restricts: strike?.restricts ?? false, moderator } },
    ])
    return (await selectReviews(tx).where('reviews.id', '=', id).executeTakeFirstOrThrow()) as ReviewRow
  })
  ctx.standings.drop()
  const { version } = (await ctx.policies.all()).at(-1) ?? { version: 0 }
  // Every replica drops what it keeps about policies and standings.
  ctx.emit(moderation.feeds.policyChanged, 'all', { version })
  return toReview(row, key)
}
