import type { Taken } from './limits.ts'
import type { Rate } from './rates.ts'

/** Milliseconds between two allowed at the long-run rate. */
export const intervalMs = ({ perMinute }: Rate): number => 60_000 / perMinute

/** Sums of fractions of a millisecond may be off by this much, never by a whole request. */
const roundingMs = 0.001

/**
 * Generic cell rate algorithm (ITU-T I.371, the virtual scheduling form). `tat` is the theoretical arrival time that is
 * stored for a key, in ms; `next` is what to store when the cost is taken.
 */
export function gcra(tat: number, nowMs: number, cost: number, rate: Rate): Taken & { next: number } {
  const interval = intervalMs(rate)
  const next = Math.max(tat, nowMs) + cost * interval
  const wait = next - nowMs - Math.max(rate.burst, cost) * interval
  return wait > roundingMs
    ? { ok: false, retryAfterMs: Math.ceil(wait), next: tat }
    : { ok: true, retryAfterMs: 0, next }
}
