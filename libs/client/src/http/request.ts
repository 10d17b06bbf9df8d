import { uuidv7 } from '../uuid.ts'
import type { CookieJar } from './cookies.ts'
import type { Credentials } from './credentials.ts'
import { errorOf, unreachable } from './problem.ts'

export type Fetch = (input: string, init?: RequestInit) => Promise<Response>
export type Query = Record<string, string | number | boolean | undefined>

export interface RequestOptions {
  query?: Query
  body?: unknown
  /** A form with files, in place of a body. */
  form?: FormData
  headers?: Record<string, string>
  /** The version the change was made against, sent as `If-Match`; another one stored gives `stale`. */
  ifVersion?: number | undefined
  /** Sent as `Idempotency-Key`; every signed-in POST gets one of its own when it is left out. */
  idempotencyKey?: string | undefined
  signal?: AbortSignal | undefined
  /** 30 s unless said otherwise; null for a stream. */
  timeoutMs?: number | null
  /** Without credentials and without a second try after a 401: signing in itself. */
  anonymous?: boolean
}

export interface Http {
  /** The parsed body, or undefined for an empty answer. Throws LunaError. */
  json<Result>(method: string, path: string, options?: RequestOptions): Promise<Result>
  /** The response itself, already known to be successful. Throws LunaError. */
  raw(method: string, path: string, options?: RequestOptions): Promise<Response>
}

export interface HttpDeps {
  /** Address with `/api/v1` at its end. */
  apiUrl: string
  fetch: Fetch
  credentials: () => Credentials
  /** The browser's cookies go along; changes that rest on them alone carry `X-CSRF-Token`. */
  cookies: boolean
  jar: CookieJar | null
}

const changes = new Set(['POST', 'PUT', 'PATCH', 'DELETE'])

export function createHttp(deps: HttpDeps): Http {
  const origin = new URL(deps.apiUrl).origin
  let csrf: Promise<string | null> | null = null
  const csrfToken = () => {
    csrf ??= readCsrf(deps, attempt).catch((error: unknown) => {
      csrf = null
      throw error
    })
    return csrf
  }

  async function attempt(method: string, path: string, options: RequestOptions): Promise<Response> {
    const headers: Record<string, string> = { accept: 'application/json', ...options.headers }
    if (options.body !== undefined) headers['content-type'] = 'application/json'
    if (options.ifVersion !== undefined) headers['if-match'] = `"${options.ifVersion}"`
    if (options.idempotencyKey) headers['idempotency-key'] = options.idempotencyKey
    const token = options.anonymous ? null : await deps.credentials().current()
    if (token) headers.authorization = `Bearer ${token.token}`
    if (!token && (deps.cookies || deps.jar?.header()) && changes.has(method)) {
      const value = await csrfToken()
      if (value) headers['x-csrf-token'] = value
    }
    const cookie = path.startsWith('auth/') ? deps.jar?.header() : null
    if (cookie) Object.assign(headers, { cookie, origin })
    const timeoutMs = options.timeoutMs === undefined ? 30_000 : options.timeoutMs
    const signals = [options.signal, timeoutMs === null ? undefined : AbortSignal.timeout(timeoutMs)]
    const response = await deps
      .fetch(urlOf(deps.apiUrl, path, options.query), {
        method,
        headers,
        credentials: deps.cookies ? 'include' : 'omit',
        ...(options.form
          ? { body: options.form }
          : options.body === undefined
            ? {}
            : { body: JSON.stringify(options.body) }),
        signal: AbortSignal.any(signals.filter(signal => signal !== undefined)),
      })
      .catch((error: unknown) => {
        throw unreachable(error, origin)
      })
    deps.jar?.take(response)
    return response
  }

  async function raw(method: string, path: string, given: RequestOptions = {}): Promise<Response> {
    const options =
      method === 'POST' && !given.anonymous ? { ...given, idempotencyKey: given.idempotencyKey ?? uuidv7() } : given
    let response = await attempt(method, path, options)
    if (response.status === 401 && !options.anonymous && deps.credentials().renewable) {
      await deps.credentials().renew()
      response = await attempt(method, path, options)
    } else if (response.status === 403 && csrf && changes.has(method)) {
      const before = await csrf
      csrf = null
      if ((await csrfToken()) !== before) response = await attempt(method, path, options)
    }
    if (!response.ok) throw await errorOf(response)
    return response
  }

  return {
    raw,
    json: async <Result>(method: string, path: string, options?: RequestOptions) => {
      const response = await raw(method, path, options)
      const body = await response.text().catch((error: unknown) => {
        throw unreachable(error, origin)
      })
      return (body === '' ? undefined : JSON.parse(body)) as Result
    },
  }
}

async function readCsrf(
  deps: HttpDeps,
  attempt: (method: string, path: string, options: RequestOptions) => Promise<Response>,
): Promise<string | null> {
  if (!deps.cookies && !deps.jar) return null
  const response = await attempt('GET', 'auth/csrf', { anonymous: true })
  if (!response.ok) return null
  const body = (await response.json()) as { token?: string; csrfToken?: string }
  return body.token ?? body.csrfToken ?? null
}

function urlOf(apiUrl: string, path: string, query: Query = {}): string {
  const url = new URL(`${apiUrl}/${path}`)
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) url.searchParams.set(name, String(value))
  }
  return url.href
}
