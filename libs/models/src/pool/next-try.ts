import type { FaultFacts } from '../provider/fault.ts'

/** What is known of a provider while a call goes on. */
export interface Standing {
  /** Its breaker lets a call through. */
  admits: boolean
  /** Its last fault in this call, and when, in milliseconds of any one clock. */
  last?: { facts: FaultFacts; at: number }
  /** Tries in this call so far. */
  tries: number
}

export interface TryBounds {
  retriesUsed: number
  maxRetries: number
  maxWaitMs: number
  /** Milliseconds until the whole call must be over. */
  remainingMs: number
  now: number
}

export type NextTry = { kind: 'try'; place: number; waitMs: number } | { kind: 'give-up' }

/** First retry after 250 ms, then doubled. */
export const backoffMs = (retriesUsed: number) => 250 * 2 ** retriesUsed

/**
 * Whom to ask next, given the providers in their order. A provider that was not asked yet comes before any retry. Then
 * the one that is ready soonest among those whose last fault was passing: after its Retry-After, else after the back-off.
 * No more retries than allowed, no longer wait than allowed, none that would outlast the call.
 */
export function nextTry(standings: readonly Standing[], bounds: TryBounds): NextTry {
  const fresh = standings.findIndex(each => each.tries === 0 && each.admits)
  if (fresh >= 0) return { kind: 'try', place: fresh, waitMs: 0 }
  if (bounds.retriesUsed >= bounds.maxRetries) return { kind: 'give-up' }
  let best: { place: number; waitMs: number } | undefined
  standings.forEach(({ admits, last }, place) => {
    if (!admits || !last?.facts.passing) return
    const pause = last.facts.retryAfterMs ?? backoffMs(bounds.retriesUsed)
    const waitMs = Math.max(0, last.at + pause - bounds.now)
    if (waitMs > bounds.maxWaitMs || waitMs >= bounds.remainingMs) return
    if (!best || waitMs < best.waitMs) best = { place, waitMs }
  })
  return best ? { kind: 'try', ...best } : { kind: 'give-up' }
}
