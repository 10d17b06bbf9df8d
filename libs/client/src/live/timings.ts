/** How long the live connection waits for what, in ms. */
export interface Timings {
  /** From opening a socket to its `ready`. */
  readyMs: number
  /** Silence after which the server is pinged, and how long its answer may take: together under the protocol's 60 s. */
  pingMs: number
  pongMs: number
  /** A send without `accepted` or refusal is sent again. */
  resendMs: number
  /** A subscribe without any answer is sent again. */
  answerMs: number
  /** Pauses between connections: first, longest, and at least this much after 4429. */
  backoffMs: { base: number; max: number; tooMany: number }
  /** The token is renewed this long before it ends, and never more often than this. */
  renewBeforeMs: number
  renewAtMostEveryMs: number
}

export const defaultTimings: Timings = {
  readyMs: 10_000,
  pingMs: 20_000,
  pongMs: 10_000,
  resendMs: 20_000,
  answerMs: 8_000,
  backoffMs: { base: 500, max: 30_000, tooMany: 10_000 },
  renewBeforeMs: 60_000,
  renewAtMostEveryMs: 10_000,
}

/**
 * When to renew a token that ends in `remainingMs`: `renewBeforeMs` before, of a short-lived one after four fifths.
 * Under the longest delay a timer can hold.
 */
export function renewalDelay(remainingMs: number, timings: Timings): number {
  const delay = Math.max(remainingMs - timings.renewBeforeMs, remainingMs * 0.8)
  return Math.min(Math.max(delay, timings.renewAtMostEveryMs), 2_000_000_000)
}
