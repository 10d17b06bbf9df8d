import { type gateway, type Payload, plugins } from '@luna/contracts'
import { system } from '@luna/service'
import type { PluginsContext, PluginsDelivery } from '../context.ts'
import { personTables } from '../db/tables.ts'

/** Erases a person and answers with what was destroyed; asked again, it answers again. */
export async function eraseAccount(
  { personId, erasureId }: Payload<typeof gateway.events.accountErased>,
  ctx: PluginsContext,
  delivery: PluginsDelivery,
): Promise<void> {
  const files = await ctx.blobs.deletePrefix(`runs/${personId}/`)
  await delivery.once(system, async tx => {
    await tx.sql
      .insertInto('erased_persons')
      .values({ person_id: personId, erasure_id: erasureId })
      .onConflict(conflict => conflict.column('person_id').doNothing())
      .execute()
    const counts: Record<string, number> = files > 0 ? { files } : {}
    for (const table of personTables) {
      const { numDeletedRows } = await tx.sql.deleteFrom(table).where('person_id', '=', personId).executeTakeFirst()
      if (numDeletedRows > 0n) counts[table] = Number(numDeletedRows)
    }
    tx.publish(plugins.events.erased, { personId, erasureId, service: 'plugins', counts })
  })
  ctx.keys.drop(personId)
}
