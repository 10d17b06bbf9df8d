import { gateway, healthOf, LunaError } from '@luna/contracts'
import { type BaseContext, system } from '@luna/service'
import type { Tables } from '../db/tables.ts'

const pauseMs = 250

async function anotherAnswers({ call }: Pick<BaseContext<Tables, typeof gateway>, 'call'>): Promise<boolean> {
  try {
    await call(healthOf(gateway.service), {}, { scope: system, deadlineMs: 1_000 })
    return true
  } catch (error) {
    if (LunaError.from(error).code === 'unavailable') return false
    throw error
  }
}

/**
 * Gateways that count by themselves would each allow the whole rate, so only one may run without Redis. Asked before this
 * one serves anything: whoever answers is another.
 * @param patienceMs how long one that is being replaced gets to leave
 * @throws LunaError `invalid`
 */
export async function requireSoleGateway(
  base: Pick<BaseContext<Tables, typeof gateway>, 'call' | 'clock' | 'embedded'>,
  patienceMs = 10_000,
): Promise<void> {
  if (base.embedded) return
  const started = base.clock.elapsed()
  while (await anotherAnswers(base)) {
    if (base.clock.elapsed() - started > patienceMs)
      throw new LunaError(
        'invalid',
        'Another gateway runs on this bus, and several gateways share their limits through Redis: set REDIS_URL for all of them, or stop the other one.',
      )
    await new Promise(resolve => setTimeout(resolve, pauseMs))
  }
}
