import type { Transaction } from 'kysely'
import { sql as text } from 'kysely'
import type { GatewayContext } from '../context.ts'
import type { Tables } from '../db/tables.ts'
import { hashToken, makeRefreshToken } from '../tokens/opaque-token.ts'

/** A session that is not refreshed for so long has ended. */
export const sessionDays = 30

export interface OpenedSession {
  sessionId: string
  refreshToken: string
}

export const sessionEnd = text<Date>`now() + ${text.lit(sessionDays)} * interval '1 day'`

/** The next token of a session's family. */
export async function addRefreshToken(
  { random }: Pick<GatewayContext, 'random'>,
  sql: Transaction<Tables>,
  personId: string,
  sessionId: string,
): Promise<string> {
  const refreshToken = makeRefreshToken(sessionId, random.bytes(32))
  await sql
    .insertInto('refresh_tokens')
    .values({ id: random.id(), session_id: sessionId, person_id: personId, hash: hashToken(refreshToken) })
    .execute()
  return refreshToken
}

/** Opens a session with its first refresh token, and forgets this person's sessions that have long ended. */
export async function openSession(
  ctx: Pick<GatewayContext, 'random'>,
  sql: Transaction<Tables>,
  personId: string,
): Promise<OpenedSession> {
  await sql
    .deleteFrom('sessions')
    .where('person_id', '=', personId)
    .where('expires_at', '<', text<Date>`now()`)
    .execute()
  const sessionId = ctx.random.id()
  await sql.insertInto('sessions').values({ id: sessionId, person_id: personId, expires_at: sessionEnd }).execute()
  return { sessionId, refreshToken: await addRefreshToken(ctx, sql, personId, sessionId) }
}
