import { type Kysely, sql } from 'kysely'

/** The columns by which a table's rows belong to somebody. */
export interface Ownership {
  /** Column with the person's id. */
  person: string
  /** Column with the workspace's id: members see the row under a workspace scope. */
  workspace?: string
  /** Rows a moderator may see, as an SQL condition; none by default. */
  moderator?: string
}

const setting = (name: string) => `nullif(current_setting('luna.${name}', true), '')`

/** The condition of the policy: who may see and write a row. No scope, no rows. */
export function ownershipCondition({ person, workspace, moderator }: Ownership): string {
  const rules = [
    `${setting('scope')} = 'system'`,
    `(${setting('scope')} = 'person' and ${person} = ${setting('person')}::uuid)`,
  ]
  if (workspace)
    rules.push(
      `(${setting('scope')} = 'workspace' and (${workspace} = ${setting('workspace')}::uuid or ${person} = ${setting('person')}::uuid))`,
    )
  if (moderator) rules.push(`(${setting('scope')} = 'moderator' and (${moderator}))`)
  return rules.join(' or ')
}

/** Puts a table under row level security, with FORCE so that even its owner obeys. For migrations. */
export async function secureRows(db: Kysely<unknown>, table: string, ownership: Ownership): Promise<void> {
  const name = sql.table(table)
  const condition = sql.raw(ownershipCondition(ownership))
  await sql`alter table ${name} enable row level security`.execute(db)
  await sql`alter table ${name} force row level security`.execute(db)
  await sql`create policy ownership on ${name} using (${condition}) with check (${condition})`.execute(db)
}
