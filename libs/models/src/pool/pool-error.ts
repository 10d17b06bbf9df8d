import { type ErrorCode, LunaError } from '@luna/contracts'
import type { FailedOver } from '../events.ts'
import type { FaultFacts, ProviderFault } from '../provider/fault.ts'

const codes: Readonly<Record<FaultFacts['kind'], ErrorCode>> = {
  failed: 'provider-failed',
  timeout: 'timeout',
  cancelled: 'cancelled',
}

/** The one error of a call, with what became of each try in `details.failedOver`. */
export function poolError(fault: ProviderFault, failedOver: readonly FailedOver[]): LunaError {
  const { kind, reason, passing, retryAfterMs, status } = fault.facts
  if (kind === 'cancelled') return new LunaError('cancelled', 'The answer was stopped before it was whole.')
  const last = failedOver.at(-1)
  const who = last ? `${last.provider}: ` : ''
  const others = new Set(failedOver.map(each => each.provider)).size - 1
  const more = others > 0 ? ` ${others} other ${others === 1 ? 'provider' : 'providers'} failed before.` : ''
  return new LunaError(codes[kind], `The language model did not answer. ${who}${reason}.${more}`, {
    retryable: passing || kind === 'timeout',
    details: {
      failedOver: failedOver.map(({ provider, reason: why }) => ({ provider, reason: why })),
      ...(status === undefined ? {} : { status }),
      ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    },
    cause: fault,
  })
}
