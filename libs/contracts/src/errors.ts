/** Every error that crosses a service line or the edge has one of these codes. */
export const errorCodes = [
  'invalid',
  'unauthorized',
  'forbidden',
  'not-found',
  'conflict',
  'stale',
  'too-large',
  'rate-limited',
  'unavailable',
  'moderation-blocked',
  'moderation-unavailable',
  'provider-failed',
  'timeout',
  'cancelled',
  'internal',
] as const

export type ErrorCode = (typeof errorCodes)[number]

/** The one table that maps a code to HTTP (RFC 9457 title and status) and says whether the same request may succeed later. */
export const errorTable: Readonly<Record<ErrorCode, { status: number; title: string; retryable: boolean }>> = {
  invalid: { status: 400, title: 'The request is not valid', retryable: false },
  unauthorized: { status: 401, title: 'Not signed in', retryable: false },
  forbidden: { status: 403, title: 'Not allowed', retryable: false },
  'not-found': { status: 404, title: 'Not found', retryable: false },
  conflict: { status: 409, title: 'Conflicts with what is stored', retryable: false },
  stale: { status: 412, title: 'A newer version is stored', retryable: false },
  'too-large': { status: 413, title: 'Over a limit', retryable: false },
  'rate-limited': { status: 429, title: 'Too many requests', retryable: true },
  unavailable: { status: 503, title: 'Not available right now', retryable: true },
  'moderation-blocked': { status: 422, title: 'Not allowed by the content policy', retryable: false },
  'moderation-unavailable': { status: 503, title: 'Moderation is not available', retryable: true },
  'provider-failed': { status: 502, title: 'The language model failed', retryable: true },
  timeout: { status: 504, title: 'Took too long', retryable: true },
  cancelled: { status: 499, title: 'Cancelled', retryable: false },
  internal: { status: 500, title: 'Something went wrong', retryable: false },
}

/** What of an error crosses a line: never a stack, never a cause. */
export interface ErrorBody {
  code: ErrorCode
  message: string
  retryable: boolean
  details?: Record<string, unknown> | undefined
}

export interface LunaErrorOptions {
  /** Overrides the table's answer to "may the same request succeed later?". */
  retryable?: boolean
  /** Facts a client can act on, such as `{ limit: 32000, found: 40112 }`. */
  details?: Record<string, unknown>
  cause?: unknown
}

/** The one error family. The message says what was wrong, what was found and what to do. */
export class LunaError extends Error {
  override readonly name = 'LunaError'
  readonly code: ErrorCode
  readonly retryable: boolean
  readonly details: Record<string, unknown> | undefined

  constructor(code: ErrorCode, message: string, options: LunaErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.code = code
    this.retryable = options.retryable ?? errorTable[code].retryable
    this.details = options.details
  }

  get status(): number {
    return errorTable[this.code].status
  }

  toBody(): ErrorBody {
    const body: ErrorBody = { code: this.code, message: this.message, retryable: this.retryable }
    if (this.details) body.details = this.details
    return body
  }

  static fromBody(body: ErrorBody): LunaError {
    return new LunaError(body.code, body.message, {
      retryable: body.retryable,
      ...(body.details ? { details: body.details } : {}),
    })
  }

  /** Any thrown thing as a LunaError; what is not one becomes `internal` with nothing of it in the message. */
  static from(error: unknown): LunaError {
    if (error instanceof LunaError) return error
    return new LunaError('internal', 'Something went wrong on our side. It has been logged; please try again.', {
      cause: error,
    })
  }
}
