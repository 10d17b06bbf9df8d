import { createHash } from 'node:crypto'
import { type HttpRun, LunaError } from '@luna/contracts'
import type { ActionResult } from '../builtin/builtin.ts'
import type { SafeFetch } from '../fetch/safe-fetch.ts'
import { type SecretStore, withoutSecrets } from '../secrets/secrets.ts'
import { authorize } from './authorize.ts'
import { at } from './pointer.ts'
import { fill, fillJson, fillUrl, type Values } from './template.ts'
import { createTokens } from './tokens.ts'

export interface HttpOptions {
  run: HttpRun
  arguments: Readonly<Record<string, unknown>>
  hosts: readonly string[]
  secrets: SecretStore
  safeFetch: SafeFetch
  callId: string
  signal: AbortSignal
  now(): Date
}

/** Sends the request of an action and maps its answer. @throws LunaError; no message holds a secret */
export async function runHttp(options: HttpOptions): Promise<ActionResult> {
  const { secrets } = options
  try {
    const result = await ask(options)
    const hidden = secrets.seen()
    if (hidden.length === 0) return result
    const text = withoutSecrets(result.text, hidden)
    return result.data === undefined
      ? { text }
      : { text, data: JSON.parse(withoutSecrets(JSON.stringify(result.data), hidden)) as unknown }
  } catch (error) {
    const known = LunaError.from(error)
    if (known.code === 'internal') throw error
    throw new LunaError(known.code, withoutSecrets(known.message, secrets.seen()), { retryable: known.retryable })
  }
}

async function ask({
  run,
  arguments: args,
  hosts,
  secrets,
  safeFetch,
  callId,
  signal,
  now,
}: HttpOptions): Promise<ActionResult> {
  const values: Values = { arguments: args, secret: name => given(secrets, name) }
  const url = new URL(await fillUrl(run.url, values))
  for (const [name, template] of Object.entries(run.query)) {
    const value = await fill(template, values)
    if (value !== undefined) url.searchParams.set(name, value)
  }
  const headers: Record<string, string> = { accept: 'application/json, text/*;q=0.8, */*;q=0.1' }
  for (const [name, template] of Object.entries(run.headers)) {
    const value = await fill(template, values)
    if (value !== undefined) headers[name.toLowerCase()] = value
  }
  const body = await bodyOf(run, values, headers)
  if (run.method !== 'GET' && run.method !== 'HEAD')
    headers['idempotency-key'] ??= createHash('sha256').update(callId).digest('hex').slice(0, 36)
  const tokens = createTokens({ secrets, safeFetch, hosts, signal, now })
  await authorize(run.auth, { url, headers }, values, tokens)
  const response = await safeFetch.fetch({ url: url.href, method: run.method, headers, body, hosts, signal })
  const text = Buffer.from(response.bytes).toString('utf8')
  const json = parsed(text)
  if (response.status >= 400)
    throw new LunaError(
      response.status === 404
        ? 'not-found'
        : response.status >= 500 || response.status === 429
          ? 'unavailable'
          : 'invalid',
      `${url.host} answered ${response.status}: ${text.slice(0, 500)}`,
    )
  return mapped(run, url.host, text, json)
}

function mapped(
  { response: { select, text: template } }: HttpRun,
  host: string,
  text: string,
  json: unknown,
): ActionResult {
  if (select === undefined && template === undefined)
    return json === undefined ? { text } : { text: JSON.stringify(json), data: json }
  if (json === undefined)
    throw new LunaError('unavailable', `${host} answered what is not JSON, so nothing can be taken from it.`)
  const data =
    select === undefined
      ? json
      : typeof select === 'string'
        ? at(json, select)
        : Object.fromEntries(Object.entries(select).map(([name, pointer]) => [name, at(json, pointer)]))
  if (data === undefined)
    throw new LunaError('unavailable', `The answer of ${host} has nothing at ${JSON.stringify(select)}.`)
  if (template === undefined) return { text: typeof data === 'string' ? data : JSON.stringify(data), data }
  const facts = typeof data === 'object' && data !== null ? (data as Record<string, unknown>) : { value: data }
  const shown = template.replaceAll(/\{([A-Za-z_][A-Za-z0-9_.-]{0,63})\}/g, (_, name: string) => {
    const value = Object.hasOwn(facts, name) ? facts[name] : undefined
    return value === undefined || value === null ? '' : typeof value === 'string' ? value : JSON.stringify(value)
  })
  return { text: shown, data }
}

async function given(secrets: SecretStore, name: string): Promise<string> {
  const value = await secrets.get(name)
  if (value === null) throw new LunaError('invalid', `The secret ${name} was not given. Add it to the plugin.`)
  return value
}

async function bodyOf(run: HttpRun, values: Values, headers: Record<string, string>): Promise<string | undefined> {
  if (run.body === undefined || run.method === 'GET' || run.method === 'HEAD') return undefined
  const filled = await fillJson(run.body, values)
  if (run.bodyType === 'json') {
    headers['content-type'] ??= 'application/json'
    return JSON.stringify(filled)
  }
  if (run.bodyType === 'text') {
    headers['content-type'] ??= 'text/plain; charset=utf-8'
    return typeof filled === 'string' ? filled : JSON.stringify(filled)
  }
  headers['content-type'] ??= 'application/x-www-form-urlencoded'
  const members = Object.entries((filled ?? {}) as Record<string, unknown>)
  const form = new URLSearchParams()
  for (const [name, value] of members) form.append(name, typeof value === 'string' ? value : JSON.stringify(value))
  return form.toString()
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}
