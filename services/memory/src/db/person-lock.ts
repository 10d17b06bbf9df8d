import { sql } from 'kysely'
import type { MemoryTx } from '../context.ts'

/**
 * Waits until nobody writes for a person, and keeps everybody from it until this transaction ends: a transaction in the
 * person's scope shares this lock from its opening on, and does not open for one who is erased.
 */
export async function stopWriters({ sql: trx }: MemoryTx, personId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${personId}, 0))`.execute(trx)
}
