import { sql as text } from 'kysely'
import type { ModerationTx } from '../context.ts'
import { type AuditContent, nextRow } from './chain.ts'

/** Adds to the audit chain within this transaction; the head row is the lock that keeps the numbers without gaps. */
export async function appendAudit(
  { sql }: Pick<ModerationTx, 'sql'>,
  contents: readonly AuditContent[],
): Promise<void> {
  if (contents.length === 0) return
  const head = await sql
    .selectFrom('audit_head')
    .select(['n', 'hash', text<Date>`clock_timestamp()`.as('at')])
    .forUpdate()
    .executeTakeFirstOrThrow()
  let last = { n: head.n, hash: head.hash }
  const rows = contents.map(content => {
    const row = nextRow(last, content, head.at)
    last = row
    return row
  })
  await sql.insertInto('audit').values(rows).execute()
  await sql.updateTable('audit_head').set({ n: last.n, hash: last.hash }).execute()
}
