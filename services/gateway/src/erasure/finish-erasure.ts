import { contracts, erasingServices, gateway } from '@luna/contracts'
import { system } from '@luna/service'
import { sql as text } from 'kysely'
import type { GatewayContext } from '../context.ts'
import { missingAnswers } from './missing-answers.ts'

/** Events that carry the erasure itself: ids and counts only, and still needed. */
export const erasureEvents: readonly string[] = [
  gateway.events.accountErased.name,
  ...contracts.flatMap(({ events }) => ('erased' in events ? [events.erased.name] : [])),
]

type Needs = Pick<GatewayContext, 'db' | 'bus' | 'keys' | 'emit' | 'log'>

async function openErasure(ctx: Needs, erasureId: string): Promise<{ personId: string; missing: string[] } | null> {
  return await ctx.db.transaction(system, async ({ sql }) => {
    const erasure = await sql
      .selectFrom('erasures')
      .select('person_id')
      .where('id', '=', erasureId)
      .where('completed_at', 'is', null)
      .executeTakeFirst()
    if (!erasure) return null
    const answers = await sql
      .selectFrom('erasure_answers')
      .select('service')
      .where('erasure_id', '=', erasureId)
      .execute()
    const missing = missingAnswers(
      erasingServices,
      answers.map(answer => answer.service),
    )
    return { personId: erasure.person_id, missing }
  })
}

/**
 * Once every service has answered: takes the person out of the bus, and destroys the key last, so that nothing of theirs
 * can be read from anywhere any more. Does nothing before that, and nothing twice.
 */
export async function finishErasure(ctx: Needs, erasureId: string): Promise<boolean> {
  const open = await openErasure(ctx, erasureId)
  if (!open || open.missing.length > 0) return false
  const { personId } = open
  const purged = await ctx.bus.purgePerson(personId, erasureEvents)
  const done = await ctx.db.transaction(system, async ({ sql }) => {
    const finished = await sql
      .updateTable('erasures')
      .set({ completed_at: text<Date>`now()`, purged })
      .where('id', '=', erasureId)
      .where('completed_at', 'is', null)
      .returning('id')
      .executeTakeFirst()
    if (!finished) return false
    await sql.deleteFrom('person_keys').where('person_id', '=', personId).execute()
    await sql
      .insertInto('erased_persons')
      .values({ person_id: personId, erasure_id: erasureId })
      .onConflict(conflict => conflict.doNothing())
      .execute()
    return true
  })
  if (!done) return false
  ctx.keys.drop(personId)
  ctx.emit(gateway.feeds.keyDestroyed, 'all', { personId })
  ctx.log.info({ erasureId }, 'an erasure is complete: every service has answered, the key is destroyed')
  return true
}
