import { LunaError } from '@luna/contracts'
import { person } from '@luna/service'
import { sql as text } from 'kysely'
import type { GatewayContext } from '../context.ts'
import { nameContext, openAccount, selectAccount, type User } from './account.ts'

export interface AccountChanges {
  displayName?: string | undefined
  birthYear?: number | null | undefined
}

/** @throws LunaError `stale` when `ifVersion` is given and another version is stored */
export async function updateAccount(
  ctx: Pick<GatewayContext, 'db' | 'keys' | 'auth'>,
  personId: string,
  { displayName, birthYear }: AccountChanges,
  ifVersion?: number,
): Promise<User> {
  const key = await ctx.keys.of(personId)
  const row = await ctx.db.transaction(person(personId), async ({ sql }) => {
    const changed = await sql
      .updateTable('accounts')
      .set({
        ...(displayName === undefined ? {} : { name_sealed: key.seal(displayName, nameContext(personId)) }),
        ...(birthYear === undefined ? {} : { birth_year: birthYear }),
        version: text<number>`version + 1`,
        updated_at: text<Date>`now()`,
      })
      .where('id', '=', personId)
      .$if(ifVersion !== undefined, query => query.where('version', '=', ifVersion ?? 0))
      .returningAll()
      .executeTakeFirst()
    if (changed) return changed
    const stored = await selectAccount(sql, personId)
    if (!stored) throw new LunaError('not-found', 'There is no such account: it was erased.')
    throw new LunaError(
      'stale',
      `The account has version ${stored.version}, the change was made against ${ifVersion}. Read it again and repeat the change.`,
      { details: { version: stored.version } },
    )
  })
  ctx.auth.forget(personId, null)
  return openAccount(row, key)
}
