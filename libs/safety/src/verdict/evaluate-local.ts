import type { Direction, Policy, Verdict } from '@luna/contracts'
import { abuseRuleSet } from '../abuse/rule-set.ts'
import { scan } from '../abuse/scan.ts'
import { crisisRuleSet } from '../crisis/assess.ts'
import { defaultPolicy, verdictOf } from './policy.ts'

/**
 * The verdict of the local lexical layer under a policy: the same function in chat, gateway and moderation. `absent` is
 * empty: it names other layers, which who asks them adds.
 */
export function evaluateLocal(text: string, direction: Direction, policy: Policy = defaultPolicy): Verdict {
  const { classes, risk } = scan(text, direction)
  return verdictOf(policy, direction, classes, risk)
}

const tables = [abuseRuleSet.tables, crisisRuleSet.tables].flatMap(({ words, spelled }) => [words, spelled])
const rulesAtOnce = 8

/**
 * Builds all rules, some 0.2 s of processor time, once, and gives way every few milliseconds: a message that comes in
 * between is judged at once, after the rest has been built for it.
 * @param pause resolves when it is the turn of this again, such as `setImmediate` of node:timers/promises
 */
export async function warmUp(pause: () => Promise<unknown>): Promise<void> {
  let steps = 0
  for (const table of tables)
    while (!table.step()) {
      steps += 1
      if (steps % rulesAtOnce === 0) await pause()
    }
  evaluateLocal('hello h e l l o', 'person')
}
