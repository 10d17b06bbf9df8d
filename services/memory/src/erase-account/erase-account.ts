import { type gateway, memory, type Payload } from '@luna/contracts'
import { system } from '@luna/service'
import type { MemoryContext, MemoryDelivery } from '../context.ts'
import { stopWriters } from '../db/person-lock.ts'

const tables = ['episodes', 'forgotten', 'conversations'] as const

/** Erases a person and answers with what was destroyed; asked again, it answers again. */
export async function eraseAccount(
  { personId, erasureId }: Payload<typeof gateway.events.accountErased>,
  ctx: MemoryContext,
  delivery: MemoryDelivery,
): Promise<void> {
  await delivery.once(system, async tx => {
    await stopWriters(tx, personId)
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
    tx.publish(memory.events.erased, { personId, erasureId, service: 'memory', counts })
  })
  ctx.keys.drop(personId)
}
