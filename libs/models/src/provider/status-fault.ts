import { ProviderFault } from './fault.ts'
import { retryAfterMs } from './retry-after.ts'

interface StatusFacts {
  status: number
  header(name: string): string | undefined
  /** The body as far as it was JSON. */
  body: unknown
  model: string
  now: Date
}

/** What an HTTP error status of a provider means, and what to do about it. */
export function statusFault({ status, header, body, model, now }: StatusFacts): ProviderFault {
  const code = errorWord(body)
  const said = code === undefined ? '' : ` (${code})`
  const wait = retryAfterMs(header, now)
  return new ProviderFault({
    kind: 'failed',
    reason: `it answered ${status}${said}${advice(status, code, model)}`,
    passing: isPassing(status, code),
    unhealthy: ![400, 413, 422].includes(status),
    status,
    ...(wait === undefined ? {} : { retryAfterMs: wait }),
  })
}

function isPassing(status: number, code: string | undefined): boolean {
  if (code === 'insufficient_quota') return false
  return status === 408 || status === 409 || status === 425 || status === 429 || status >= 500
}

function advice(status: number, code: string | undefined, model: string): string {
  if (code === 'insufficient_quota' || status === 402) return ': its account has no credit left'
  if (code === 'context_length_exceeded') return `: the prompt is too long for ${model}; set a smaller token budget`
  if (status >= 300 && status < 400) return ': it points elsewhere; set baseURL to the address itself'
  switch (status) {
    case 401:
      return ': check its apiKey'
    case 403:
      return `: its apiKey may not use ${model}`
    case 404:
      return `: check its baseURL and whether it has the model ${model}`
    case 413:
      return ': the request is too large for it'
    case 429:
      return ': too many requests'
    default:
      return ''
  }
}

/** The machine-readable word of an OpenAI error body. Free text is left out, since it may quote the prompt or the key. */
function errorWord(body: unknown): string | undefined {
  const error = field(body, 'error')
  for (const word of [field(error, 'code'), field(error, 'type')]) {
    if (typeof word === 'string' && /^[a-z][a-z0-9_.-]{0,63}$/i.test(word)) return word
  }
  return undefined
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined
}
