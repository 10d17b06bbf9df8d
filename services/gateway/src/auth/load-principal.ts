import { LunaError } from '@luna/contracts'
import { person } from '@luna/service'
import { sql as text } from 'kysely'
import { openAccount, selectAccount } from '../accounts/account.ts'
import type { GatewayContext } from '../context.ts'
import { findApiKey } from '../db/look-ups.ts'
import { hashToken } from '../tokens/opaque-token.ts'
import type { Principal } from './principal.ts'

type Needs = Pick<GatewayContext, 'db' | 'store' | 'keys'>

/** Whoever has a live session; null when it has ended or the person is erased. */
export async function loadSession(
  ctx: Needs,
  personId: string,
  sessionId: string,
): Promise<Omit<Principal, 'expiresAt'> | null> {
  const row = await ctx.db.transaction(person(personId), async ({ sql }) => {
    const session = await sql
      .selectFrom('sessions')
      .select('id')
      .where('id', '=', sessionId)
      .where('ended_at', 'is', null)
      .where('expires_at', '>', text<Date>`now()`)
      .executeTakeFirst()
    return session && selectAccount(sql, personId)
  })
  if (!row) return null
  const { displayName, email, roles } = openAccount(row, await ctx.keys.of(personId))
  return { personId, kind: 'session', sessionId, keyId: null, roles, displayName, email }
}

/** @throws LunaError `unauthorized` */
export async function loadKeyHolder(ctx: Needs, secret: string): Promise<Principal> {
  const hash = hashToken(secret)
  const found = await findApiKey(ctx, hash)
  const row =
    found &&
    (await ctx.db.transaction(person(found.person_id), async ({ sql }) => {
      await sql.updateTable('api_keys').set({ last_used_at: text<Date>`now()` }).where('id', '=', found.id).execute()
      return selectAccount(sql, found.person_id)
    }))
  if (!found || !row)
    throw new LunaError('unauthorized', 'The API key is not known, or was revoked. Make another one in the settings.')
  const { displayName, email, roles } = openAccount(row, await ctx.keys.of(row.id))
  return { personId: row.id, kind: 'key', sessionId: null, keyId: found.id, roles, displayName, email, expiresAt: null }
}
