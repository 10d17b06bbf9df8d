import { system } from '@luna/service'
import { sql as text } from 'kysely'
import type { GatewayContext } from '../context.ts'

/** Hours for which the answer to an Idempotency-Key is kept. */
export const idempotencyHours = 24

/** Forgets sessions a day after their end, and answers to idempotent requests after theirs. */
export async function forgetOld({ db }: Pick<GatewayContext, 'db'>): Promise<void> {
  await db.transaction(system, async ({ sql }) => {
    await sql
      .deleteFrom('sessions')
      .where(text<boolean>`coalesce(ended_at, expires_at) < now() - interval '1 day'`)
      .execute()
    await sql
      .deleteFrom('idempotent_requests')
      .where('created_at', '<', text<Date>`now() - ${text.lit(idempotencyHours)} * interval '1 hour'`)
      .execute()
  })
}
