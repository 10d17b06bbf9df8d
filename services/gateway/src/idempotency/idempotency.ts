import { LunaError } from '@luna/contracts'
import { person } from '@luna/service'
import { sql as text } from 'kysely'
import { z } from 'zod'
import type { GatewayContext } from '../context.ts'

const remembered = z.object({ status: z.number(), headers: z.record(z.string(), z.string()), body: z.string() })
/** An answer as it is given again. */
export type Remembered = z.infer<typeof remembered>

const wellFormed = /^[\x21-\x7e]{1,255}$/
const sealContext = (key: string): string => `gateway.idempotent-requests:${key}`

/** Seconds after which a request that never ended (its process died) may be done again. */
const abandonedSeconds = 60

/**
 * Takes the key for a request; null means: go on, nobody has done this before. Otherwise the answer of the first.
 * @throws LunaError `invalid`, or `conflict` when the key was used for something else or the first is still in hand
 */
export async function beginRequest(
  ctx: Pick<GatewayContext, 'db' | 'keys' | 'secrets'>,
  personId: string,
  key: string,
  request: readonly unknown[],
): Promise<Remembered | null> {
  if (!wellFormed.test(key))
    throw new LunaError(
      'invalid',
      'Idempotency-Key must have 1 to 255 printable ASCII characters without blanks; a UUID is best.',
    )
  const fingerprint = ctx.secrets.mac('request', JSON.stringify(request))
  const stored = await ctx.db.transaction(person(personId), async ({ sql }) => {
    const { rows } = await text`
      insert into idempotent_requests as r (person_id, key, fingerprint) values (${personId}, ${key}, ${fingerprint})
      on conflict (person_id, key) do update set created_at = now()
      where r.status is null and r.fingerprint = excluded.fingerprint
        and r.created_at < now() - ${text.lit(abandonedSeconds)} * interval '1 second'
      returning 1`.execute(sql)
    if (rows.length > 0) return null
    return await sql
      .selectFrom('idempotent_requests')
      .select(['fingerprint', 'response_sealed'])
      .where('key', '=', key)
      .executeTakeFirst()
  })
  if (stored === null) return null
  if (stored && !stored.fingerprint.equals(fingerprint))
    throw new LunaError(
      'conflict',
      'This Idempotency-Key was used for another request. Use a new one for each new request.',
    )
  if (!stored?.response_sealed)
    throw new LunaError(
      'conflict',
      'The first request with this Idempotency-Key is still in hand. Send it again in a moment.',
      {
        retryable: true,
      },
    )
  return remembered.parse((await ctx.keys.of(personId)).openJson(stored.response_sealed, sealContext(key)))
}

/** Keeps the answer for a day; null lets the key go, so that a request that failed may be tried again. */
export async function endRequest(
  ctx: Pick<GatewayContext, 'db' | 'keys'>,
  personId: string,
  key: string,
  answer: Remembered | null,
): Promise<void> {
  const sealed = answer && (await ctx.keys.of(personId)).sealJson(answer, sealContext(key))
  await ctx.db.transaction(person(personId), async ({ sql }) => {
    if (answer && sealed)
      await sql
        .updateTable('idempotent_requests')
        .set({ status: answer.status, response_sealed: sealed })
        .where('key', '=', key)
        .execute()
    else await sql.deleteFrom('idempotent_requests').where('key', '=', key).where('status', 'is', null).execute()
  })
}
