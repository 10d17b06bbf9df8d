import { type gateway, type Payload, plugins } from '@luna/contracts'
import { system } from '@luna/service'
import type { PluginsContext, PluginsDelivery } from '../context.ts'

/** Answers an erasure. No plugin keeps anything of a person yet; what is remembered is only that nothing may come any more. */
export async function eraseAccount(
  { personId, erasureId }: Payload<typeof gateway.events.accountErased>,
  _ctx: PluginsContext,
  delivery: PluginsDelivery,
): Promise<void> {
  await delivery.once(system, async tx => {
    await tx.sql
      .insertInto('erased_persons')
      .values({ person_id: personId, erasure_id: erasureId })
      .onConflict(conflict => conflict.column('person_id').doNothing())
      .execute()
    tx.publish(plugins.events.erased, { personId, erasureId, service: 'plugins', counts: {} })
  })
}
