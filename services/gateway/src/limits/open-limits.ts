import type { BackgroundWork, BaseContext } from '@luna/service'
import type { GatewayConfig } from '../config.ts'
import type { GatewayContext } from '../context.ts'
import type { Limits } from './limits.ts'
import { createMemoryLimits, noLimits } from './memory-limits.ts'
import { createRedisLimits } from './redis-limits.ts'

type Needs = Pick<BaseContext<unknown, never>, 'clock' | 'log'>

export function openLimits(
  { rates, redisUrl }: Pick<GatewayConfig, 'rates' | 'redisUrl'>,
  { clock, log }: Needs,
): Limits {
  if (rates === null) return noLimits
  const memory = createMemoryLimits(rates, clock)
  return redisUrl ? createRedisLimits({ url: redisUrl, rates, fallback: memory, log }) : memory
}

/** Lets go of Redis at the end. */
export const limitsConnection: BackgroundWork<GatewayContext> = {
  name: 'the limits’ connection',
  start: async ({ limits }) => ({ stop: () => limits.stop() }),
}
