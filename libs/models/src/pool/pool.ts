import type { FailedOver, ModelRoute } from '../events.ts'
import { timedOut } from '../provider/fault.ts'
import type { Provider } from '../provider/provider.ts'
import type { ModelTelemetry } from '../telemetry.ts'
import type { Member } from './call.ts'
import type { ModelLimits } from './limits.ts'

/** What every kind of call shares. */
export interface Pool {
  /** Everybody, in the order of this call. */
  order(): readonly Member[]
  limits: ModelLimits
  elapsed(): number
  telemetry: ModelTelemetry
  log: ModelLog
}

/** The part of a pino logger that the pool uses. Gets names, numbers and classes, never a text. */
export interface ModelLog {
  info(facts: object, message: string): void
  warn(facts: object, message: string): void
}

/** A whole answer with where it came from. */
export interface Routed {
  route: ModelRoute
  failedOver: readonly FailedOver[]
}

/** A signal for one try of a call that does not stream: the call's own, and a deadline. Call `done` when the try is over. */
export function trySignal(
  signal: AbortSignal,
  provider: Provider,
  answerMs: number,
): { signal: AbortSignal; done(): void } {
  const ender = new AbortController()
  const pass = () => ender.abort(signal.reason)
  if (signal.aborted) pass()
  signal.addEventListener('abort', pass, { once: true })
  const ms = Math.max(answerMs, provider.firstTokenMs)
  const timer = setTimeout(() => ender.abort(timedOut('answer', ms, false)), ms)
  return {
    signal: ender.signal,
    done() {
      clearTimeout(timer)
      signal.removeEventListener('abort', pass)
    },
  }
}
