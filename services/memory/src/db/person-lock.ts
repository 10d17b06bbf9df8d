import { sql } from 'kysely'
import type { MemoryTx } from '../context.ts'

/**
 * Holds off the erasure of a person until this transaction ends, so that nothing is written behind its back.
 * @returns false when the person is erased: nothing may be written.
 */
export async function mayWrite({ sql: trx }: MemoryTx, personId: string): Promise<boolean> {
  await sql`select pg_advisory_xact_lock_shared(hashtextextended(${personId}, 0))`.execute(trx)
  const erased = await trx
    .selectFrom('erased_persons')
    .select('person_id')
    .where('person_id', '=', personId)
    .executeTakeFirst()
  return erased === undefined
}

/** Waits until nobody writes for a person, and keeps everybody from it until this transaction ends. */
export async function stopWriters({ sql: trx }: MemoryTx, personId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${personId}, 0))`.execute(trx)
}
