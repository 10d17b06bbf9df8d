import { type ErrorCode, errorCodes, errorTable, LunaError } from '@luna/contracts'

interface Problem {
  code?: unknown
  detail?: unknown
  title?: unknown
  retryable?: unknown
  errors?: unknown
}

/**
 * An unsuccessful response as a LunaError: from problem+json (RFC 9457) where there is one, else from the status
 * alone, as a proxy in between answers in HTML. `details` has `requestId`, `retryAfterSeconds` and `errors` when known.
 */
export async function errorOf(response: Response): Promise<LunaError> {
  const problem = await readProblem(response)
  const code = isErrorCode(problem.code) ? problem.code : codeOfStatus(response.status)
  const message =
    text(problem.detail) ?? text(problem.title) ?? `The server answered ${response.status} without saying why.`
  const details: Record<string, unknown> = {}
  const requestId = response.headers.get('x-request-id')
  if (requestId) details.requestId = requestId
  const retryAfter = Number(response.headers.get('retry-after'))
  if (retryAfter > 0) details.retryAfterSeconds = retryAfter
  if (Array.isArray(problem.errors) && problem.errors.length > 0) details.errors = problem.errors
  return new LunaError(code, message, {
    ...(typeof problem.retryable === 'boolean' ? { retryable: problem.retryable } : {}),
    ...(Object.keys(details).length > 0 ? { details } : {}),
  })
}

/** A request that got no answer at all, as a LunaError. */
export function unreachable(cause: unknown, where: string): LunaError {
  if (cause instanceof LunaError) return cause
  const name = cause instanceof Error ? cause.name : ''
  if (name === 'AbortError') return new LunaError('cancelled', 'The request was given up by the caller.', { cause })
  if (name === 'TimeoutError') {
    return new LunaError('timeout', `${where} did not answer in time. Try again.`, { cause })
  }
  return new LunaError('unavailable', `${where} could not be reached. Check the connection and try again.`, { cause })
}

/** The code of a bare HTTP status: the exact one of the table, else by its hundred. */
export function codeOfStatus(status: number): ErrorCode {
  const exact = errorCodes.find(code => errorTable[code].status === status)
  if (exact) return exact
  if (status >= 500) return 'unavailable'
  return 'invalid'
}

async function readProblem(response: Response): Promise<Problem> {
  if (!/\bjson\b/.test(response.headers.get('content-type') ?? '')) return {}
  try {
    const body: unknown = await response.json()
    return typeof body === 'object' && body !== null ? (body as Problem) : {}
  } catch {
    return {}
  }
}

const isErrorCode = (value: unknown): value is ErrorCode => (errorCodes as readonly unknown[]).includes(value)
const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined)
