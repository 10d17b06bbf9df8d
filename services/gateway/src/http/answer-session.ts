import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { readAccount, user } from '../accounts/account.ts'
import { type CookieName, cookiePaths, makeCookie, refreshCookie, sessionCookie } from '../auth/cookies.ts'
import type { GatewayContext } from '../context.ts'
import { type OpenedSession, sessionDays } from '../sessions/open-session.ts'
import { accessTokenSeconds, signAccessToken } from '../tokens/access-token.ts'

/** What signing in answers; `expiresIn` is in seconds (RFC 6749, section 5.1). */
export const signedIn = z.object({ user, accessToken: z.string(), expiresIn: z.number().int() })

const daySeconds = 86_400

export function setCookie(
  request: FastifyRequest,
  reply: FastifyReply,
  name: CookieName,
  value: string,
  seconds: number,
): void {
  reply.header('set-cookie', makeCookie(name, value, seconds, request.protocol === 'https'))
}

export function clearCookies(request: FastifyRequest, reply: FastifyReply): void {
  for (const name of Object.keys(cookiePaths) as CookieName[]) setCookie(request, reply, name, '', 0)
}

/** Answers with an access token, and puts the cookies of the browser's session beside it. */
export async function answerSession(
  ctx: GatewayContext,
  request: FastifyRequest,
  reply: FastifyReply,
  { personId, sessionId, refreshToken }: OpenedSession & { personId: string },
): Promise<z.infer<typeof signedIn>> {
  const [account, accessToken] = await Promise.all([
    readAccount(ctx, personId),
    signAccessToken(ctx, personId, sessionId),
  ])
  setCookie(request, reply, sessionCookie, accessToken, accessTokenSeconds)
  setCookie(request, reply, refreshCookie, refreshToken, sessionDays * daySeconds)
  return { user: account, accessToken, expiresIn: accessTokenSeconds }
}
