import { type gateway, memory, type Payload } from '@luna/contracts'
import { system } from '@luna/service'
import type { MemoryContext, MemoryDelivery } from '../context.ts'
import { stopWriters } from '../db/person-lock.ts'
import { removePersonJob } from '../vectors/project.ts'

/** What is counted in the receipt, in an order in which nothing is written behind what was emptied. */
const tables = [
  'summaries',
  'memory_sources',
  'memory_versions',
  'withheld',
  'memories',
  'vectors',
  'journal',
  'unlearned',
  'episodes',
  'forgotten',
  'conversations',
  'extraction_jobs',
] as const
/** What only says how far things had come. */
const counters = ['removals', 'persons'] as const

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
    for (const table of counters) await tx.sql.deleteFrom(table).where('person_id', '=', personId).execute()
    if (ctx.vectors.projected) await removePersonJob(personId).execute(tx.sql)
    await tx.sql
      .insertInto('erased_persons')
      .values({ person_id: personId, erasure_id: erasureId })
      .onConflict(conflict => conflict.column('person_id').doNothing())
      .execute()
    tx.publish(memory.events.erased, { personId, erasureId, service: 'memory', counts })
  })
  ctx.indexes.drop(personId)
  await ctx.vectors.dropped(personId)
  ctx.keys.drop(personId)
}
