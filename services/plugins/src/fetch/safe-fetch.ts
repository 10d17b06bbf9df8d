import { LunaError } from '@luna/contracts'
import { type Dispatcher, request } from 'undici'
import { createCheckedAgent, type Resolve } from './connect.ts'
import { withinHosts } from './host-patterns.ts'
import type { ReachableHosts } from './reachable-hosts.ts'

export interface SafeRequest {
  url: string
  method?: string | undefined
  headers?: Readonly<Record<string, string>> | undefined
  body?: string | Uint8Array | undefined
  /** Patterns of hosts, for every hop; null: any public host. */
  hosts: readonly string[] | null
  signal: AbortSignal
  /** Bytes of the answer at most. */
  maxBytes?: number | undefined
  redirects?: number | undefined
}

export interface SafeResponse {
  status: number
  url: string
  headers: Record<string, string>
  bytes: Uint8Array
}

/** An answer whose body is still to come: it counts its bytes and ends with an error beyond the bound. */
export interface OpenResponse {
  status: number
  url: string
  headers: Record<string, string>
  body: AsyncIterable<Uint8Array>
  discard(): void
}

/** The one door through which everything that a plugin, an import or the registry asks of the network goes. */
export interface SafeFetch {
  /** @throws LunaError `forbidden`, `invalid`, `too-large`, `timeout`, `cancelled`, `unavailable` */
  fetch(request: SafeRequest): Promise<SafeResponse>
  open(request: SafeRequest): Promise<OpenResponse>
  close(): Promise<void>
}

const defaultMaxBytes = 1024 * 1024
const mostRedirects = 5
/** What a plugin may not set: they belong to the connection. */
const ownHeaders = /^(host|connection|content-length|transfer-encoding|upgrade|te|trailer|keep-alive|expect|proxy-.*)$/i

export function createSafeFetch(reachable: ReachableHosts, resolve?: Resolve): SafeFetch {
  let agent: Dispatcher | null = null
  const dispatcher = () => (agent ??= createCheckedAgent(reachable, resolve))

  async function open(asked: SafeRequest): Promise<OpenResponse> {
    let url = checkedUrl(asked.url, asked.hosts)
    let method = (asked.method ?? 'GET').toUpperCase()
    let body = asked.body
    let headers = cleanHeaders(asked.headers ?? {})
    for (let hop = 0; ; hop += 1) {
      const answer = await send(dispatcher(), url, { method, headers, body, signal: asked.signal })
      const location = one(answer.headers['location'])
      if (![301, 302, 303, 307, 308].includes(answer.statusCode) || location === undefined)
        return opened(answer, url, asked)
      answer.body.on('error', () => {}).destroy()
      if (hop >= (asked.redirects ?? mostRedirects))
        throw new LunaError('unavailable', `${url.host} redirects more than ${asked.redirects ?? mostRedirects} times.`)
      const next = checkedUrl(absolute(location, url), asked.hosts)
      if (next.origin !== url.origin) headers = withoutCredentials(headers)
      if (answer.statusCode === 303 || (answer.statusCode < 303 && method === 'POST')) {
        method = 'GET'
        body = undefined
      }
      url = next
    }
  }

  return {
    open,
    async fetch(asked) {
      const { body, ...answer } = await open(asked)
      const chunks: Uint8Array[] = []
      for await (const chunk of body) chunks.push(chunk)
      return { status: answer.status, url: answer.url, headers: answer.headers, bytes: Buffer.concat(chunks) }
    },
    close: async () => agent?.destroy(),
  }
}

/** @throws LunaError */
function checkedUrl(text: string, hosts: readonly string[] | null): URL {
  let url: URL
  try {
    url = new URL(text)
  } catch {
    throw new LunaError('invalid', 'The address of the request is not a URL.')
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw new LunaError('forbidden', `Only http and https are asked, not "${url.protocol}".`)
  if (url.username !== '' || url.password !== '')
    throw new LunaError('invalid', 'The address holds a user name or a password. Use the auth of the action.')
  if (hosts && !withinHosts(hosts, url))
    throw new LunaError(
      'forbidden',
      `"${url.host}" is not among the hosts that were granted: ${hosts.join(', ') || 'none'}.`,
    )
  return url
}

const absolute = (location: string, base: URL): string => {
  try {
    return new URL(location, base).href
  } catch {
    throw new LunaError('unavailable', `${base.host} redirects to what is not an address.`)
  }
}

const one = (value: string | string[] | undefined): string | undefined => (Array.isArray(value) ? value[0] : value)

function cleanHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  const clean: Record<string, string> = { 'user-agent': 'Luna plugin', 'accept-encoding': 'identity' }
  for (const [name, value] of Object.entries(headers)) {
    if (ownHeaders.test(name)) continue
    if (!/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name) || /[\r\n\0]/.test(value))
      throw new LunaError('invalid', `The header "${name.slice(0, 60)}" can not be sent.`)
    clean[name.toLowerCase()] = value
  }
  return clean
}

/** To another origin go the plain headers only: any other may hold a secret. */
const withoutCredentials = (headers: Record<string, string>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).filter(([name]) =>
      /^(accept|accept-encoding|accept-language|content-type|user-agent)$/.test(name),
    ),
  )

interface Sending {
  method: string
  headers: Record<string, string>
  body: string | Uint8Array | undefined
  signal: AbortSignal
}

async function send(dispatcher: Dispatcher, url: URL, { method, headers, body, signal }: Sending) {
  try {
    return await request(url, {
      method: method as Dispatcher.HttpMethod,
      headers,
      body: body ?? null,
      signal,
      dispatcher,
    })
  } catch (error) {
    throw explain(error, url, signal)
  }
}

function opened(
  answer: Dispatcher.ResponseData,
  url: URL,
  { maxBytes = defaultMaxBytes, signal }: SafeRequest,
): OpenResponse {
  const headers: Record<string, string> = {}
  for (const [name, value] of Object.entries(answer.headers))
    headers[name] = Array.isArray(value) ? value.join(', ') : (value ?? '')
  const discard = () => void answer.body.on('error', () => {}).destroy()
  const said = Number(headers['content-length'])
  const tooLarge = () =>
    new LunaError('too-large', `${url.host} answers more than ${maxBytes} bytes, which is the limit.`, {
      details: { limit: maxBytes },
    })
  if (said > maxBytes) {
    discard()
    throw tooLarge()
  }
  async function* bounded(): AsyncGenerator<Uint8Array> {
    let bytes = 0
    try {
      for await (const chunk of answer.body as AsyncIterable<Uint8Array>) {
        bytes += chunk.byteLength
        if (bytes > maxBytes) throw tooLarge()
        yield chunk
      }
    } catch (error) {
      throw explain(error, url, signal)
    } finally {
      discard()
    }
  }
  return { status: answer.statusCode, url: url.href, headers, body: bounded(), discard }
}

/** Says which host, never the address: its query may hold a secret. */
function explain(error: unknown, { host }: URL, signal: AbortSignal): LunaError {
  if (error instanceof LunaError) return error
  if (signal.aborted)
    return signal.reason instanceof LunaError
      ? signal.reason
      : new LunaError('timeout', `${host} did not answer in time.`)
  const cause = error instanceof Error ? (error.cause ?? error) : error
  if (cause instanceof LunaError) return cause
  const code = (cause as { code?: unknown } | undefined)?.code
  if (code === 'UND_ERR_CONNECT_TIMEOUT' || code === 'UND_ERR_HEADERS_TIMEOUT' || code === 'UND_ERR_BODY_TIMEOUT')
    return new LunaError('timeout', `${host} did not answer in time.`)
  return new LunaError('unavailable', `${host} can not be reached${typeof code === 'string' ? ` (${code})` : ''}.`, {
    cause: error,
  })
}
