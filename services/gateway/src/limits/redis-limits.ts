import type { Logger } from '@luna/service'
import { Redis } from 'ioredis'
import { intervalMs } from './gcra.ts'
import type { Limits, Taken } from './limits.ts'
import type { Rates } from './rates.ts'

/** The same algorithm as `gcra.ts`, in one step on the server and by its clock (microseconds). */
const script = `
local now = redis.call('TIME')
now = now[1] * 1000000 + now[2]
local interval, burst, cost = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local tat = tonumber(redis.call('GET', KEYS[1]) or 0)
local next = math.max(tat, now) + cost * interval
local wait = next - now - math.max(burst, cost) * interval
if wait > 1 then return math.ceil(wait / 1000) end
redis.call('SET', KEYS[1], string.format('%.0f', next), 'PX', math.ceil((next - now) / 1000) + 1)
return 0`

interface WithTake extends Redis {
  lunaTake(key: string, intervalUs: number, burst: number, cost: number): Promise<number>
}

export interface RedisLimitsOptions {
  url: string
  rates: Rates
  /** Counts while Redis is away: never open. */
  fallback: Limits
  log: Logger
}

/** Counts in Redis, so that all gateways share one budget for each key. */
export function createRedisLimits({ url, rates, fallback, log }: RedisLimitsOptions): Limits {
  const redis = new Redis(url, {
    commandTimeout: 250,
    connectTimeout: 2_000,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    retryStrategy: times => Math.min(times * 100, 2_000),
    scripts: { lunaTake: { lua: script, numberOfKeys: 1 } },
  }) as WithTake
  let away: boolean | null = null
  const note = (error: unknown) => {
    if (away !== true) log.warn({ err: error }, 'Redis is away: each gateway counts by itself until it is back')
    away = true
  }
  redis.on('error', note)
  redis.on('ready', () => {
    if (away) log.info('Redis is back: limits are shared again')
    away = false
  })

  return {
    async take(bucket, key, cost = 1): Promise<Taken> {
      const rate = rates[bucket]
      if (redis.status !== 'ready') return fallback.take(bucket, key, cost)
      try {
        const wait = await redis.lunaTake(`luna:limit:${bucket}:${key}`, intervalMs(rate) * 1_000, rate.burst, cost)
        return { ok: wait === 0, retryAfterMs: wait }
      } catch (error) {
        note(error)
        return fallback.take(bucket, key, cost)
      }
    },
    state: () => (redis.status === 'ready' ? 'ok' : 'Redis is away: limits are counted in each process'),
    async stop() {
      redis.disconnect()
    },
  }
}
