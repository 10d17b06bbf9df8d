import type { ModerationTx } from '../context.ts'
import type { CareCountTable } from '../db/tables.ts'

/** Counts under a day (UTC), without whom it was about. */
export async function addCount(
  { sql }: Pick<ModerationTx, 'sql'>,
  at: Date,
  kind: CareCountTable['kind'],
  detail: string,
): Promise<void> {
  await sql
    .insertInto('care_counts')
    .values({ day: at.toISOString().slice(0, 10), kind, detail, count: 1 })
    .onConflict(conflict =>
      conflict.columns(['day', 'kind', 'detail']).doUpdateSet(eb => ({ count: eb('care_counts.count', '+', 1) })),
    )
    .execute()
}
