import { LunaError } from '@luna/contracts'
import { person } from '@luna/service'
import { sql as text } from 'kysely'
import type { GatewayContext } from '../context.ts'
import { findRefreshToken } from '../db/look-ups.ts'
import { hashToken } from '../tokens/opaque-token.ts'
import { decideRefresh, type RefreshDecision } from './decide-refresh.ts'
import { broadcastRevoked } from './end-session.ts'
import { addRefreshToken, type OpenedSession, sessionEnd } from './open-session.ts'

const signInAgain = (): LunaError =>
  new LunaError('unauthorized', 'The session has ended or is not known. Sign in again.')

/**
 * Trades a refresh token for the next one of its session.
 * @throws LunaError `unauthorized`; when the token was used before, the session is over for everybody who holds it
 */
export async function refreshSession(
  ctx: GatewayContext,
  refreshToken: string,
): Promise<OpenedSession & { personId: string }> {
  const hash = hashToken(refreshToken)
  const found = await findRefreshToken(ctx, hash)
  if (!found) throw signInAgain()
  const { person_id: personId, session_id: sessionId } = found
  const outcome = await ctx.db.transaction(
    person(personId),
    async ({ sql }): Promise<RefreshDecision | OpenedSession> => {
      const session = await sql
        .selectFrom('sessions')
        .select(['ended_at', text<boolean>`expires_at <= now()`.as('expired')])
        .where('id', '=', sessionId)
        .forUpdate()
        .executeTakeFirst()
      const token = await sql
        .selectFrom('refresh_tokens')
        .select(['id', 'used_at'])
        .where('hash', '=', hash)
        .executeTakeFirst()
      const stored =
        session && token ? { usedAt: token.used_at, endedAt: session.ended_at, expired: session.expired } : null
      const decision = decideRefresh(stored)
      const now = text<Date>`now()`
      if (decision === 'end-session')
        await sql.updateTable('sessions').set({ ended_at: now }).where('id', '=', sessionId).execute()
      if (decision !== 'rotate' || !token) return decision
      await sql.updateTable('refresh_tokens').set({ used_at: now }).where('id', '=', token.id).execute()
      await sql.updateTable('sessions').set({ expires_at: sessionEnd }).where('id', '=', sessionId).execute()
      return { sessionId, refreshToken: await addRefreshToken(ctx, sql, personId, sessionId) }
    },
  )
  if (typeof outcome === 'object') return { personId, ...outcome }
  if (outcome === 'end-session') {
    ctx.log.warn({ personId, sessionId }, 'a refresh token was used twice: the session has been ended')
    broadcastRevoked(ctx, personId, sessionId)
  }
  throw signInAgain()
}
