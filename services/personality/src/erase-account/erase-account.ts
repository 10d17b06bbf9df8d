import { type gateway, type Payload, personality } from '@luna/contracts'
import { system } from '@luna/service'
import type { PersonalityContext, PersonalityDelivery } from '../context.ts'

/** Answers an erasure. Personality keeps nothing of a person yet, and remembers only that nothing may come any more. */
export async function eraseAccount(
  { personId, erasureId }: Payload<typeof gateway.events.accountErased>,
  _ctx: PersonalityContext,
  delivery: PersonalityDelivery,
): Promise<void> {
  await delivery.once(system, async tx => {
    await tx.sql
      .insertInto('erased_persons')
      .values({ person_id: personId, erasure_id: erasureId })
      .onConflict(conflict => conflict.column('person_id').doNothing())
      .execute()
    tx.publish(personality.events.erased, { personId, erasureId, service: 'personality', counts: {} })
  })
}
