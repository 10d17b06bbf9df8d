import { CircuitState, ConsecutiveBreaker, circuitBreaker, handleWhen, isBrokenCircuitError } from 'cockatiel'
import { ProviderFault } from '../provider/fault.ts'

export type BreakerState = 'closed' | 'open' | 'half-open'

/** Keeps calls away from a provider that fails again and again. */
export interface Breaker {
  state(): BreakerState
  /** Whether a call would be let through now. */
  admits(): boolean
  /** Runs the call and learns from its outcome. A refused call throws {@link BreakerOpen}. */
  run<T>(call: () => Promise<T>): Promise<T>
}

export class BreakerOpen extends Error {
  override readonly name = 'BreakerOpen'
}

interface BreakerOptions {
  faults: number
  openMs: number
  onChange?: (state: BreakerState) => void
}

const names: Readonly<Record<CircuitState, BreakerState>> = {
  [CircuitState.Closed]: 'closed',
  [CircuitState.Open]: 'open',
  [CircuitState.HalfOpen]: 'half-open',
  [CircuitState.Isolated]: 'open',
}

export function createBreaker({ faults, openMs, onChange }: BreakerOptions): Breaker {
  const policy = circuitBreaker(
    // A cancelled trial has proved nothing, so it must not close the breaker: cockatiel counts what is not handled as well.
    handleWhen(error => isUnhealthy(error) || (policy.state === CircuitState.HalfOpen && isCancelled(error))),
    { breaker: new ConsecutiveBreaker(faults), halfOpenAfter: openMs },
  )
  let openUntil = 0
  policy.onStateChange(state => {
    // Real time, as cockatiel measures it.
    if (state === CircuitState.Open) openUntil = Date.now() + openMs
    onChange?.(names[state])
  })
  return {
    state: () => names[policy.state],
    // While a trial runs nobody else is let in: cockatiel would make them wait for its whole answer.
    admits: () =>
      policy.state === CircuitState.Closed || (policy.state === CircuitState.Open && Date.now() >= openUntil),
    async run(call) {
      if (policy.state === CircuitState.HalfOpen) throw new BreakerOpen()
      try {
        return await policy.execute(call)
      } catch (error) {
        throw isBrokenCircuitError(error) ? new BreakerOpen() : error
      }
    },
  }
}

function isUnhealthy(error: unknown): boolean {
  return error instanceof ProviderFault && error.facts.unhealthy
}

function isCancelled(error: unknown): boolean {
  return error instanceof ProviderFault && error.facts.kind === 'cancelled'
}
