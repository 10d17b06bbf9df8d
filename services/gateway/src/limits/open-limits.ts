import type { BackgroundWork, BaseContext } from '@luna/service'
import type { GatewayConfig } from '../config.ts'
import type { GatewayContext } from '../context.ts'
import type { Limits } from './limits.ts'
import { createMemoryLimits, noLimits } from './memory-limits.ts'

type Needs = Pick<BaseContext<unknown, never>, 'clock' | 'log'>

export async function openLimits(
  { rates, redisUrl }: Pick<GatewayConfig, 'rates' | 'redisUrl'>,
  { clock, log }: Needs,
): Promise<Limits> {
  if (rates === null) return noLimits
  const memory = createMemoryLimits(rates, clock)
  if (!redisUrl) return memory
  const { createRedisLimits } = await import('./redis-limits.ts')
  return createRedisLimits({ url: redisUrl, rates, fallback: memory, log })
}

/** Lets go of Redis at the end. */
export const limitsConnection: BackgroundWork<GatewayContext> = {
  name: 'the limits’ connection',
  start: async ({ limits }) => ({ stop: () => limits.stop() }),
}
