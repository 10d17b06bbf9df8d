import { LunaError } from '@luna/contracts'
import { person } from '@luna/service'
import type { GatewayContext } from '../context.ts'
import { broadcastRevoked } from '../sessions/end-session.ts'
import { apiKeyPrefix, hashToken, makeApiKey } from '../tokens/opaque-token.ts'

export interface ApiKey {
  id: string
  name: string
  prefix: string
  createdAt: string
  lastUsedAt: string | null
}

const nameContext = (keyId: string): string => `gateway.api-keys.name:${keyId}`
const mostKeys = 50

/** Newest first; the secrets are not known any more. */
export async function listApiKeys(ctx: Pick<GatewayContext, 'db' | 'keys'>, personId: string): Promise<ApiKey[]> {
  const rows = await ctx.db.transaction(person(personId), ({ sql }) =>
    sql
      .selectFrom('api_keys')
      .select(['id', 'name_sealed', 'prefix', 'created_at', 'last_used_at'])
      .orderBy('id', 'desc')
      .execute(),
  )
  const key = await ctx.keys.of(personId)
  return rows.map(row => ({
    id: row.id,
    name: key.open(row.name_sealed, nameContext(row.id)),
    prefix: row.prefix,
    createdAt: row.created_at.toISOString(),
    lastUsedAt: row.last_used_at?.toISOString() ?? null,
  }))
}

/** The secret is in this answer and nowhere else. */
export async function createApiKey(
  ctx: Pick<GatewayContext, 'db' | 'keys' | 'random'>,
  personId: string,
  name: string,
): Promise<ApiKey & { secret: string }> {
  const secret = makeApiKey(ctx.random.bytes(32))
  const id = ctx.random.id()
  const prefix = secret.slice(0, apiKeyPrefix.length + 6)
  const key = await ctx.keys.of(personId)
  const row = await ctx.db.transaction(person(personId), async ({ sql }) => {
    const { count } = await sql
      .selectFrom('api_keys')
      .select(query => query.fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow()
    if (count >= mostKeys)
      throw new LunaError('conflict', `There are ${count} API keys already. Revoke one that is not used any more.`)
    return sql
      .insertInto('api_keys')
      .values({
        id,
        person_id: personId,
        name_sealed: key.seal(name, nameContext(id)),
        prefix,
        hash: hashToken(secret),
      })
      .returning('created_at')
      .executeTakeFirstOrThrow()
  })
  return { id, name, prefix, createdAt: row.created_at.toISOString(), lastUsedAt: null, secret }
}

/** @throws LunaError `not-found` */
export async function revokeApiKey(
  ctx: Pick<GatewayContext, 'db' | 'emit' | 'auth'>,
  personId: string,
  keyId: string,
): Promise<void> {
  const gone = await ctx.db.transaction(person(personId), ({ sql }) =>
    sql.deleteFrom('api_keys').where('id', '=', keyId).returning('id').executeTakeFirst(),
  )
  if (!gone) throw new LunaError('not-found', 'There is no such API key.')
  broadcastRevoked(ctx, personId, keyId)
}
