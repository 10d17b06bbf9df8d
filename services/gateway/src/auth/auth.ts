import { LunaError } from '@luna/contracts'
import type { GatewayContext } from '../context.ts'
import { verifyAccessToken } from '../tokens/access-token.ts'
import { hashToken, isApiKey } from '../tokens/opaque-token.ts'
import { csrfCookie, readCookie, sessionCookie } from './cookies.ts'
import { csrfHolds } from './csrf.ts'
import { refuseCookie } from './decide-cookie.ts'
import { loadKeyHolder, loadSession } from './load-principal.ts'
import type { Principal } from './principal.ts'
import { createPrincipalCache } from './principal-cache.ts'

/** What of a request says who makes it: as Fastify's and Node's requests have it. */
export interface Credentials {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  /** Absent means a change: with a cookie it then needs a CSRF token. */
  readonly method?: string | undefined
}

export interface FromRequestOptions {
  /** Accept the browser's HTTP-only cookie (default true). False for `/v1`, which takes keys and tokens only. */
  cookies?: boolean
  /** A WebSocket upgrade, to which a page can add no headers: with a cookie the Origin must be there and allowed. */
  upgrade?: boolean
}

export interface Auth {
  /**
   * The principal of an access token or API key.
   * @throws LunaError `unauthorized` when it is none, has expired, or was revoked
   */
  fromToken(token: string): Promise<Principal>
  /**
   * The principal of a request: `Authorization: Bearer`, else the cookie. With a cookie a foreign Origin is refused, and
   * a change (not GET or HEAD) needs `X-CSRF-Token`.
   * @throws LunaError `unauthorized`, `forbidden`
   */
  fromRequest(request: Credentials, options?: FromRequestOptions): Promise<Principal>
  /** Drops what is cached of a person, or of one session or key of theirs: called on `session-revoked`. */
  forget(personId: string, proofId: string | null): void
}

const signIn = (): LunaError =>
  new LunaError('unauthorized', 'Sign in first: send `Authorization: Bearer` with an access token or an API key.')

/** What a proof of somebody who was erased is worth. */
export const erased = (cause: unknown): LunaError =>
  new LunaError('unauthorized', 'This account was erased. Register to begin anew.', { cause })

/** The token of an `Authorization: Bearer` header (RFC 6750); null when there is no such header. */
export function bearerOf(header: string | string[] | undefined): string | null {
  if (header === undefined) return null
  const token = typeof header === 'string' ? /^Bearer +([A-Za-z0-9._~+/=-]{1,8192}) *$/i.exec(header)?.[1] : undefined
  if (!token) throw new LunaError('unauthorized', 'The Authorization header is not of the form `Bearer <token>`.')
  return token
}

const one = (header: string | string[] | undefined): string | undefined => (Array.isArray(header) ? header[0] : header)
const reads = new Set(['GET', 'HEAD', 'OPTIONS'])

export function createAuth(ctx: Pick<GatewayContext, 'db' | 'store' | 'keys' | 'secrets' | 'clock' | 'origins'>): Auth {
  const cache = createPrincipalCache()

  async function fromToken(token: string): Promise<Principal> {
    try {
      return await holderOf(token)
    } catch (error) {
      throw LunaError.from(error).code === 'not-found' ? erased(error) : error
    }
  }

  async function holderOf(token: string): Promise<Principal> {
    if (isApiKey(token)) return cache.get(hashToken(token).toString('base64'), () => loadKeyHolder(ctx, token))
    const { personId, sessionId, expiresAt } = await verifyAccessToken(ctx, token)
    const principal = await cache.get(sessionId, async () => {
      const found = await loadSession(ctx, personId, sessionId)
      if (!found) throw new LunaError('unauthorized', 'The session has ended. Sign in again.')
      return { ...found, expiresAt: null }
    })
    return { ...principal, expiresAt }
  }

  async function fromCookie({ headers, method }: Credentials, upgrade: boolean): Promise<Principal> {
    const token = readCookie(headers['cookie'], sessionCookie)
    if (!token || isApiKey(token)) throw signIn()
    const principal = await fromToken(token)
    const origin = one(headers['origin'])
    const why = refuseCookie({
      change: !reads.has(method ?? ''),
      upgrade,
      origin,
      originAllowed: ctx.origins.allowed(origin, one(headers['host'])),
      csrfHolds: csrfHolds(ctx.secrets, {
        sessionId: principal.sessionId ?? '',
        cookie: readCookie(headers['cookie'], csrfCookie),
        header: one(headers['x-csrf-token']) ?? null,
      }),
    })
    if (why !== null) throw new LunaError('forbidden', why)
    return principal
  }

  return {
    fromToken,
    forget: cache.forget,
    async fromRequest(request, { cookies = true, upgrade = false } = {}) {
      const token = bearerOf(request.headers['authorization'])
      if (token !== null) return fromToken(token)
      if (!cookies) throw signIn()
      return fromCookie(request, upgrade)
    },
  }
}
