import { type gateway, moderation, type Payload } from '@luna/contracts'
import { system } from '@luna/service'
import type { ModerationContext, ModerationDelivery } from '../context.ts'

const tables = ['strikes', 'reviews', 'verdicts', 'crises'] as const

/** Erases what is about a person and answers with what was destroyed. Counts and the audit never had their id. */
export async function eraseAccount(
  { personId, erasureId }: Payload<typeof gateway.events.accountErased>,
  ctx: ModerationContext,
  delivery: ModerationDelivery,
): Promise<void> {
  await delivery.once(system, async tx => {
    const counts: Record<string, number> = {}
    for (const table of tables) {
      const done = await tx.sql.deleteFrom(table).where('person_id', '=', personId).executeTakeFirst()
      counts[table] = Number(done.numDeletedRows)
    }
    await tx.sql
      .insertInto('erased_persons')
      .values({ person_id: personId, erasure_id: erasureId })
      .onConflict(conflict => conflict.column('person_id').doNothing())
      .execute()
    tx.publish(moderation.events.erased, { personId, erasureId, service: 'moderation', counts })
  })
  ctx.keys.drop(personId)
  ctx.standings.drop()
}
