import { gcra } from '../limits/gcra.ts'
import type { Rate } from '../limits/rates.ts'

/** How many frames over the rate are answered with an error before the socket is closed. */
const patience = 20

/** Counts the frames of one socket: no look-up anywhere, since every frame passes here. */
export class FrameBudget {
  #tat = 0
  #refused = 0

  /** @param rate null: no limit */
  take(nowMs: number, rate: Rate | null): { verdict: 'ok' | 'refused' | 'enough'; retryAfterMs: number } {
    if (!rate) return { verdict: 'ok', retryAfterMs: 0 }
    const { ok, retryAfterMs, next } = gcra(this.#tat, nowMs, 1, rate)
    this.#tat = next
    this.#refused = ok ? Math.max(0, this.#refused - 1) : this.#refused + 1
    const verdict = ok ? 'ok' : this.#refused > patience ? 'enough' : 'refused'
    return { verdict, retryAfterMs }
  }
}
