import { type gateway, moderation, type Payload } from '@luna/contracts'
import { system } from '@luna/service'
import type { ModerationContext, ModerationDelivery } from '../context.ts'

/** Answers an erasure. Moderation counts without ids and keeps nothing of a person; it remembers only that nothing may come any more. */
export async function eraseAccount(
  { personId, erasureId }: Payload<typeof gateway.events.accountErased>,
  _ctx: ModerationContext,
  delivery: ModerationDelivery,
): Promise<void> {
  await delivery.once(system, async tx => {
    await tx.sql
      .insertInto('erased_persons')
      .values({ person_id: personId, erasure_id: erasureId })
      .onConflict(conflict => conflict.column('person_id').doNothing())
      .execute()
    tx.publish(moderation.events.erased, { personId, erasureId, service: 'moderation', counts: {} })
  })
}
