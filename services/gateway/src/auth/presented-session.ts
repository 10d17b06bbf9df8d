import type { GatewayContext } from '../context.ts'
import { findRefreshToken } from '../db/look-ups.ts'
import { verifyAccessToken } from '../tokens/access-token.ts'
import { hashToken, isApiKey, sessionOfRefreshToken } from '../tokens/opaque-token.ts'
import { bearerOf, type Credentials } from './auth.ts'
import { readCookie, refreshCookie, sessionCookie } from './cookies.ts'

export interface PresentedSession {
  personId: string
  sessionId: string
}

async function fromAccessToken(ctx: GatewayContext, token: string | null): Promise<PresentedSession | null> {
  if (!token || isApiKey(token)) return null
  return await verifyAccessToken(ctx, token).catch(() => null)
}

/** The session whose token a request carries, as bearer or in either cookie; null when there is none that is known. */
export async function presentedSession(
  ctx: GatewayContext,
  { headers }: Credentials,
): Promise<PresentedSession | null> {
  const bearer = bearerOf(headers['authorization'])
  if (bearer) return fromAccessToken(ctx, bearer)
  const byCookie = await fromAccessToken(ctx, readCookie(headers['cookie'], sessionCookie))
  if (byCookie) return byCookie
  const refresh = readCookie(headers['cookie'], refreshCookie)
  if (!refresh || !sessionOfRefreshToken(refresh)) return null
  const found = await findRefreshToken(ctx, hashToken(refresh))
  return found && { personId: found.person_id, sessionId: found.session_id }
}
