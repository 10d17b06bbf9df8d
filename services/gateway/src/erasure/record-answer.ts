import type { ErasedPayload, gateway } from '@luna/contracts'
import { type EventDelivery, system } from '@luna/service'
import type { GatewayContext } from '../context.ts'
import type { Tables } from '../db/tables.ts'
import { finishErasure } from './finish-erasure.ts'

/** Keeps a service's answer (the first counts), then ends the erasure if it was the last one missing. */
export async function recordAnswer(
  answer: ErasedPayload,
  ctx: GatewayContext,
  delivery: EventDelivery<Tables, typeof gateway>,
): Promise<void> {
  await delivery.once(system, async ({ sql }) => {
    const erasure = await sql
      .selectFrom('erasures')
      .select('id')
      .where('id', '=', answer.erasureId)
      .where('person_id', '=', answer.personId)
      .executeTakeFirst()
    if (!erasure) return
    await sql
      .insertInto('erasure_answers')
      .values({
        erasure_id: answer.erasureId,
        person_id: answer.personId,
        service: answer.service,
        counts: JSON.stringify(answer.counts),
      })
      .onConflict(conflict => conflict.doNothing())
      .execute()
  })
  await finishErasure(ctx, answer.erasureId)
}
