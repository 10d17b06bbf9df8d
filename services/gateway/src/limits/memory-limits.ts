import type { Clock } from '@luna/service'
import { LRUCache } from 'lru-cache'
import { gcra } from './gcra.ts'
import type { Limits } from './limits.ts'
import type { Rates } from './rates.ts'

/** Counts in this process alone. The least recently used key is forgotten when there are more than `max`. */
export function createMemoryLimits(rates: Rates, clock: Pick<Clock, 'elapsed'>, max = 50_000): Limits {
  const arrivals = new LRUCache<string, number>({ max })
  return {
    async take(bucket, key, cost = 1) {
      const at = `${bucket} ${key}`
      const { next, ...taken } = gcra(arrivals.get(at) ?? 0, clock.elapsed(), cost, rates[bucket])
      arrivals.set(at, next)
      return taken
    },
    state: () => 'ok',
    async stop() {},
  }
}

/** `LUNA_LIMITS=off`: for benchmarks. */
export const noLimits: Limits = {
  take: async () => ({ ok: true, retryAfterMs: 0 }),
  state: () => 'ok',
  async stop() {},
}
