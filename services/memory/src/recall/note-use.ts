import type { Recalled } from '@luna/contracts'
import { person } from '@luna/service'
import { sql } from 'kysely'
import type { MemoryContext } from '../context.ts'

/** Counts the use of memories behind the answer: nobody waits for it, and it may be lost. */
export function noteUse(ctx: MemoryContext, personId: string, items: readonly Recalled[]): void {
  const ids = items.flatMap(({ memoryId }) => (memoryId === undefined ? [] : [memoryId]))
  if (ids.length === 0) return
  ctx.db
    .transaction(person(personId), ({ sql: trx }) =>
      sql`update memories set used_count = used_count + 1, used_at = now()
        where person_id = ${personId}::uuid and id = any(${ids}::uuid[])`.execute(trx),
    )
    .catch((error: unknown) => ctx.log.debug({ err: error }, 'the use of memories was not counted'))
}
