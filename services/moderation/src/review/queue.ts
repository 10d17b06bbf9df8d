import { chat, LunaError, type Message, type moderation } from '@luna/contracts'
import { type CallHandlers, person, system } from '@luna/service'
import { sql as text } from 'kysely'
import { appendAudit } from '../audit/append.ts'
import type { ModerationContext } from '../context.ts'
import { requireModerator } from './require-moderator.ts'
import { type ReviewRow, selectReviews, toReview } from './select-review.ts'

type Handlers = CallHandlers<typeof moderation, ModerationContext>

export const noReview = () => new LunaError('not-found', 'There is no such entry in the queue (any more).')

/** Serves `moderation.list-reviews.v1`. Without what was said: that is shown to who claims an entry. */
export const listReviews: Handlers['listReviews'] = async ({ limit = 50, cursor, state }, ctx, { scope }) => {
  requireModerator(scope)
  const rows = await ctx.db.transaction(system, tx =>
    selectReviews(tx)
      .$if(state !== undefined, query => query.where('state', '=', state ?? 'open'))
      .$if(state === undefined, query => query.where('state', 'in', ['open', 'claimed', 'appealed']))
      .$if(cursor !== undefined, query => query.where('reviews.id', '>', cursor ?? ''))
      .orderBy('reviews.id')
      .limit(limit)
      .execute(),
  )
  const items = rows.map(row => toReview(row as ReviewRow, null))
  return { items, nextCursor: rows.length === limit ? (items.at(-1)?.id ?? null) : null }
}

const claimMinutes = 30

/** Serves `moderation.claim-review.v1`. Who looks at what somebody said is kept in the audit before it is shown. */
export const claimReview: Handlers['claimReview'] = async ({ id }, ctx, { scope }) => {
  const moderator = requireModerator(scope)
  const { row, earlier } = await ctx.db.transaction(system, async tx => {
    const claimed = await tx.sql
      .updateTable('reviews')
      .set(eb => ({
        state: text<'claimed'>`case when state = 'appealed' then state else 'claimed' end`,
        claimed_by: moderator,
        claimed_until: text<Date>`now() + ${claimMinutes} * interval '1 minute'`,
        version: eb('version', '+', 1),
        updated_at: text<Date>`now()`,
      }))
      .where('id', '=', id)
      .where('state', 'in', ['open', 'claimed', 'appealed'])
      .where(eb =>
        eb.or([
          eb('claimed_by', 'is', null),
          eb('claimed_by', '=', moderator),
          eb('claimed_until', '<', text<Date>`now()`),
        ]),
      )
      // Who has decided does not judge the appeal against it.
      .where(eb => eb.or([eb('state', '<>', 'appealed'), eb('decided_by', '<>', moderator)]))
      .returning('person_id')
      .executeTakeFirst()
    if (!claimed) throw await whyNot(tx, id, moderator)
    await appendAudit(tx, [{ kind: 'claim', body: { review: id, moderator } }])
    const found = (await selectReviews(tx).where('reviews.id', '=', id).executeTakeFirstOrThrow()) as ReviewRow
    const decided = await tx.sql
      .selectFrom('reviews')
      .select(['decision', text<number>`count(*)::int`.as('count')])
      .where('person_id', '=', claimed.person_id)
      .where('decision', 'is not', null)
      .groupBy('decision')
      .execute()
    return { row: found, earlier: decided }
  })
  const count = (...wanted: string[]) =>
    earlier.filter(one => wanted.includes(one.decision ?? '')).reduce((sum, one) => sum + one.count, 0)
  const [key, context] = await Promise.all([ctx.keys.of(row.person_id), contextOf(ctx, row)])
  return {
    item: toReview(row, key),
    context,
    earlier: { upheld: count('uphold', 'strike', 'restrict'), strikes: count('strike', 'restrict') },
  }
}

async function whyNot(tx: Parameters<typeof selectReviews>[0], id: string, moderator: string): Promise<LunaError> {
  const row = await selectReviews(tx).where('reviews.id', '=', id).executeTakeFirst()
  if (!row) return noReview()
  if (row.state === 'appealed' && row.decided_by === moderator)
    return new LunaError('forbidden', 'This is an appeal against your own decision. Somebody else must look at it.')
  if (row.state === 'decided' || row.state === 'closed')
    return new LunaError('conflict', 'This entry is decided already.')
  return new LunaError(
    'conflict',
    'Somebody else looks at this entry. It is free again half an hour after they took it.',
  )
}

/** The turn in question and nothing else of the talk. */
async function contextOf(ctx: ModerationContext, { turn_id: turnId, person_id: personId, direction }: ReviewRow) {
  if (!turnId) return []
  const wanted = direction === 'person' ? 'user' : 'assistant'
  try {
    const { messages } = await ctx.call(chat.calls.turnTexts, { turnId }, { scope: person(personId) })
    return messages.map(({ role, text: said }: Message) => ({ role, text: said, inQuestion: role === wanted }))
  } catch (error) {
    if (LunaError.from(error).code === 'not-found') return []
    throw error
  }
}
