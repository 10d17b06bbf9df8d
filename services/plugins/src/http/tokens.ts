import { type HttpAuth, LunaError } from '@luna/contracts'
import { z } from 'zod'
import type { SafeFetch } from '../fetch/safe-fetch.ts'
import { canonical } from '../manifest/canonical.ts'
import type { SecretStore } from '../secrets/secrets.ts'

export type OAuth = Extract<HttpAuth, { tokenUrl: string }>

/** Access tokens of OAuth 2, fetched and renewed as needed. */
export interface Tokens {
  /** Null when the person must sign in first. @throws LunaError when the other side refuses */
  of(auth: OAuth): Promise<string | null>
}

const answer = z.object({
  access_token: z.string().min(1).max(16_384),
  token_type: z.string().optional(),
  expires_in: z.coerce.number().positive().optional(),
  refresh_token: z.string().max(16_384).optional(),
})

const kept = z.object({ accessToken: z.string(), expiresAt: z.number(), refreshToken: z.string().optional() })
type Kept = z.output<typeof kept>

export interface TokensOptions {
  secrets: SecretStore
  safeFetch: SafeFetch
  hosts: readonly string[]
  signal: AbortSignal
  now(): Date
}

/** The name under which tokens lie among the secrets: one for each way of signing in. */
export const tokenName = ({ type, tokenUrl, clientId, scopes }: OAuth): string =>
  `oauth:${Buffer.from(canonical({ type, tokenUrl, clientId, scopes })).toString('base64url').slice(0, 200)}`

/** Milliseconds before its end at which a token is renewed. */
const marginMs = 30_000

export function createTokens(options: TokensOptions): Tokens {
  const { secrets, now } = options
  return {
    async of(auth) {
      const name = tokenName(auth)
      const text = await secrets.get(name)
      const stored = text === null ? null : kept.parse(JSON.parse(text))
      if (stored && stored.expiresAt - marginMs > now().getTime()) return stored.accessToken
      if (auth.type === 'oauth2-client-credentials')
        return (
          await requestToken(options, auth, { grant_type: 'client_credentials', scope: auth.scopes.join(' ') }, null)
        ).accessToken
      if (!stored?.refreshToken) return null
      const form = { grant_type: 'refresh_token', refresh_token: stored.refreshToken }
      return (await requestToken(options, auth, form, stored.refreshToken)).accessToken
    },
  }
}

/** Asks the token endpoint (RFC 6749, sections 4.1.3, 4.4, 6) and keeps what it gives. @throws LunaError */
export async function requestToken(
  { secrets, safeFetch, hosts, signal, now }: TokensOptions,
  auth: OAuth,
  form: Readonly<Record<string, string>>,
  refreshToken: string | null,
): Promise<Kept> {
  const clientId = await secrets.get(auth.clientId)
  const clientSecret = auth.clientSecret === undefined ? null : await secrets.get(auth.clientSecret)
  if (clientId === null || (auth.clientSecret !== undefined && clientSecret === null))
    throw new LunaError(
      'invalid',
      `The secret ${clientId === null ? auth.clientId : auth.clientSecret} was not given. Add it to the plugin.`,
    )
  const headers: Record<string, string> = {
    'content-type': 'application/x-www-form-urlencoded',
    accept: 'application/json',
  }
  const body = new URLSearchParams(Object.entries(form).filter(([, value]) => value !== ''))
  if (clientSecret === null) body.set('client_id', clientId)
  else
    headers['authorization'] =
      `Basic ${Buffer.from(`${encodeURIComponent(clientId)}:${encodeURIComponent(clientSecret)}`).toString('base64')}`
  const response = await safeFetch.fetch({
    url: auth.tokenUrl,
    method: 'POST',
    headers,
    body: body.toString(),
    hosts,
    signal,
    maxBytes: 65_536,
    redirects: 0,
  })
  const host = new URL(auth.tokenUrl).host
  if (response.status !== 200)
    throw new LunaError(
      'unauthorized',
      `${host} gave no token: it answered ${response.status}. Check the client secrets, or sign in again.`,
    )
  let given: z.output<typeof answer>
  try {
    given = answer.parse(JSON.parse(Buffer.from(response.bytes).toString('utf8')))
  } catch {
    throw new LunaError('unavailable', `${host} answered what is not a token (RFC 6749, section 5.1).`)
  }
  const renewed = given.refresh_token ?? refreshToken ?? undefined
  const stored: Kept = {
    accessToken: given.access_token,
    expiresAt: now().getTime() + (given.expires_in ?? 3_600) * 1_000,
    ...(renewed === undefined ? {} : { refreshToken: renewed }),
  }
  await secrets.set(tokenName(auth), JSON.stringify(stored))
  await secrets.get(tokenName(auth))
  return stored
}
