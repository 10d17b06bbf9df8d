import type { FailedOver, ModelRoute } from '../events.ts'
import { cancelled, ProviderFault, timedOut } from '../provider/fault.ts'
import type { Provider } from '../provider/provider.ts'
import { type Breaker, BreakerOpen } from './breaker.ts'
import type { ModelLimits } from './limits.ts'
import { nextTry, type Standing } from './next-try.ts'
import { poolError } from './pool-error.ts'

/** A provider in the pool. */
export interface Member {
  provider: Provider
  breaker: Breaker
}

/** One try of a call. */
export interface Try {
  provider: Provider
  route: ModelRoute
  /** Everything passed over before this try. */
  failedOver: readonly FailedOver[]
  /** Aborted when the caller cancels or the whole call takes too long; its reason is the fault. */
  signal: AbortSignal
}

export interface CallOptions {
  /** In the order in which they are to be asked. */
  members: readonly Member[]
  modelOf(provider: Provider): string
  limits: ModelLimits
  /** Milliseconds that never step back. */
  elapsed(): number
  signal: AbortSignal | undefined
  onFault?(fault: ProviderFault, route: ModelRoute): void
}

/**
 * Runs a call on one provider after the other, with retries, until one answers. Rejects with a LunaError
 * `provider-failed`, `timeout` or `cancelled` that says what became of every try.
 */
export async function callInTurn<T>(options: CallOptions, attempt: (next: Try) => Promise<T>): Promise<T> {
  const { members, limits, elapsed } = options
  const started = elapsed()
  const failedOver: FailedOver[] = []
  const standings: Standing[] = members.map(() => ({ admits: true, tries: 0 }))
  const ender = new AbortController()
  const onCancel = () => ender.abort(cancelled())
  if (options.signal?.aborted) onCancel()
  options.signal?.addEventListener('abort', onCancel, { once: true })
  const total = setTimeout(() => ender.abort(timedOut('answer in all', limits.totalMs, false)), limits.totalMs)
  const noted = new Set<number>()
  let tries = 0
  let retriesUsed = 0
  let lastFault: ProviderFault | undefined
  try {
    for (;;) {
      members.forEach(({ breaker }, i) => {
        standings[i]!.admits = breaker.admits()
      })
      const next = nextTry(standings, {
        retriesUsed,
        maxRetries: limits.maxRetries,
        maxWaitMs: limits.maxWaitMs,
        remainingMs: limits.totalMs - (elapsed() - started),
        now: elapsed(),
      })
      if (next.kind === 'give-up' || ender.signal.aborted) {
        throw poolError(asFault(ender.signal.aborted ? ender.signal.reason : lastFault), failedOver)
      }
      if (next.waitMs > 0 && !(await waited(next.waitMs, ender.signal))) continue
      for (const place of skipped(standings, next.place, noted)) {
        noted.add(place)
        failedOver.push({ provider: members[place]!.provider.name, reason: leftAlone })
      }
      const { provider, breaker } = members[next.place]!
      const standing = standings[next.place]!
      if (standing.tries > 0) retriesUsed++
      standing.tries++
      const route = { provider: provider.name, model: options.modelOf(provider), attempt: tries + 1 }
      try {
        return await breaker.run(() => {
          tries++
          return attempt({ provider, route, failedOver: [...failedOver], signal: ender.signal })
        })
      } catch (error) {
        if (error instanceof BreakerOpen) {
          failedOver.push({ provider: provider.name, reason: leftAlone })
          continue
        }
        const fault = asFault(error)
        standing.last = { facts: fault.facts, at: elapsed() }
        failedOver.push({ provider: provider.name, reason: fault.facts.reason })
        lastFault = fault
        options.onFault?.(fault, route)
        if (ender.signal.aborted) throw poolError(asFault(ender.signal.reason), failedOver)
      }
    }
  } finally {
    clearTimeout(total)
    options.signal?.removeEventListener('abort', onCancel)
  }
}

const leftAlone = 'it failed too often and is left alone for a while'

/** The places before the chosen one whose breaker kept this call away, and that were not noted yet. */
function skipped(standings: readonly Standing[], chosen: number, noted: ReadonlySet<number>): number[] {
  return standings.flatMap((each, i) => (i < chosen && each.tries === 0 && !each.admits && !noted.has(i) ? [i] : []))
}

/** False when the call ended while waiting. */
function waited(ms: number, signal: AbortSignal): Promise<boolean> {
  return new Promise(resolve => {
    if (signal.aborted) return resolve(false)
    const onAbort = () => {
      clearTimeout(timer)
      resolve(false)
    }
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', onAbort)
      resolve(true)
    }, ms)
    signal.addEventListener('abort', onAbort, { once: true })
  })
}

function asFault(error: unknown): ProviderFault {
  if (error instanceof ProviderFault) return error
  const reason =
    error === undefined
      ? 'every provider failed too often and is left alone for a while'
      : 'Luna could not make the request'
  return new ProviderFault({ kind: 'failed', reason, passing: error === undefined, unhealthy: false, cause: error })
}
