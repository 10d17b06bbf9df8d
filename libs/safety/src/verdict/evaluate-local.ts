import type { Direction, Policy, Verdict } from '@luna/contracts'
import { scan } from '../abuse/scan.ts'
import { defaultPolicy, verdictOf } from './policy.ts'

/**
 * The verdict of the local lexical layer under a policy: the same function in chat, gateway and moderation. `absent` is
 * empty: it names other layers, which who asks them adds.
 */
export function evaluateLocal(text: string, direction: Direction, policy: Policy = defaultPolicy): Verdict {
  const { classes, risk } = scan(text, direction)
  return verdictOf(policy, direction, classes, risk)
}

/** Builds all rules, so that the first message does not wait for it (some 500 ms of processor time, once). */
export function warmUp(): void {
  evaluateLocal('hello h e l l o', 'person')
}
