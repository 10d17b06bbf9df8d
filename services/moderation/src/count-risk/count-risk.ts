import type { chat, Payload } from '@luna/contracts'
import { system } from '@luna/service'
import type { ModerationContext, ModerationDelivery } from '../context.ts'

/** Counts a turn under its day and the risk that was seen in it; whose turn it was is not kept. */
export async function countRisk(
  { risk }: Payload<typeof chat.events.turnEnded>,
  _ctx: ModerationContext,
  delivery: ModerationDelivery,
): Promise<void> {
  const day = delivery.at.toISOString().slice(0, 10)
  await delivery.once(system, async ({ sql }) => {
    await sql
      .insertInto('risk_counts')
      .values({ day, risk, turns: 1 })
      .onConflict(conflict =>
        conflict.columns(['day', 'risk']).doUpdateSet(eb => ({ turns: eb('risk_counts.turns', '+', 1) })),
      )
      .execute()
  })
}
