import { LunaError } from '@luna/contracts'
import { type PersonKey, person } from '@luna/service'
import type { Selectable, Transaction } from 'kysely'
import { z } from 'zod'
import { type Role, roles } from '../auth/principal.ts'
import type { GatewayContext } from '../context.ts'
import type { AccountsTable, Tables } from '../db/tables.ts'

/** An account as its owner sees it. */
export const user = z.object({
  id: z.uuid(),
  displayName: z.string(),
  email: z.string().nullable(),
  roles: z.array(z.enum(roles)),
  birthYear: z.number().int().nullable(),
  createdAt: z.iso.datetime(),
  version: z.number().int(),
})
export type User = z.infer<typeof user>

export type AccountRow = Selectable<AccountsTable>

export const nameContext = (personId: string): string => `gateway.accounts.name:${personId}`
export const emailContext = (personId: string): string => `gateway.accounts.email:${personId}`

export function openAccount(row: AccountRow, key: PersonKey): User {
  return {
    id: row.id,
    displayName: key.open(row.name_sealed, nameContext(row.id)),
    email: row.email_sealed ? key.open(row.email_sealed, emailContext(row.id)) : null,
    roles: row.roles as Role[],
    birthYear: row.birth_year,
    createdAt: row.created_at.toISOString(),
    version: row.version,
  }
}

export const selectAccount = (sql: Transaction<Tables>, personId: string): Promise<AccountRow | undefined> =>
  sql.selectFrom('accounts').selectAll().where('id', '=', personId).executeTakeFirst()

/** @throws LunaError `not-found` for nobody, and for the erased */
export async function readAccount(ctx: Pick<GatewayContext, 'db' | 'keys'>, personId: string): Promise<User> {
  const row = await ctx.db.transaction(person(personId), ({ sql }) => selectAccount(sql, personId))
  if (!row) throw new LunaError('not-found', 'There is no such account: never registered, or erased.')
  return openAccount(row, await ctx.keys.of(personId))
}
