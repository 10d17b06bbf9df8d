import { LunaError } from '@luna/contracts'
import { type CallRequest, generateDataKey, person, requireSystem, unwrapDataKey, wrapDataKey } from '@luna/service'
import type { Transaction } from 'kysely'
import type { GatewayContext } from '../context.ts'
import type { Tables } from '../db/tables.ts'
import type { Secrets } from '../secrets/secrets.ts'

/** Makes and stores the wrapped data key of a new person, inside the transaction that makes the account. */
export async function makePersonKey(sql: Transaction<Tables>, secrets: Secrets, personId: string): Promise<Buffer> {
  const key = generateDataKey()
  await sql
    .insertInto('person_keys')
    .values({ person_id: personId, wrapped: wrapDataKey(secrets.ring, personId, key) })
    .execute()
  return key
}

/** The 32 bytes of a person's data key; one wrapped by the previous master key is wrapped anew on the way. */
export async function readPersonKey(ctx: Pick<GatewayContext, 'db' | 'secrets'>, personId: string): Promise<Buffer> {
  return await ctx.db.transaction(person(personId), async ({ sql }) => {
    const row = await sql
      .selectFrom('person_keys')
      .select('wrapped')
      .where('person_id', '=', personId)
      .executeTakeFirst()
    if (!row) throw new LunaError('not-found', 'There is no such person: never registered, or erased.')
    const { key, outdated } = unwrapDataKey(ctx.secrets.ring, personId, row.wrapped)
    if (outdated)
      await sql
        .updateTable('person_keys')
        .set({ wrapped: wrapDataKey(ctx.secrets.ring, personId, key) })
        .where('person_id', '=', personId)
        .execute()
    return key
  })
}

/** Serves `gateway.person-key.v1`. */
export async function personKey(
  input: { personId: string },
  ctx: GatewayContext,
  { scope }: CallRequest,
): Promise<{ key: string }> {
  requireSystem(scope)
  return { key: (await readPersonKey(ctx, input.personId)).toString('base64') }
}
