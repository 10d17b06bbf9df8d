import { type AgeGroup, gateway } from '@luna/contracts'
import { type Call, type Clock, system } from '@luna/service'
import { LRUCache } from 'lru-cache'

/** Whether people are of age, by the year of birth that they gave the gateway. */
export interface Ages {
  /** `unknown` when they gave none; the last that was known while the gateway is away. */
  of(personId: string): Promise<AgeGroup>
}

const patienceMs = 500
const freshMs = 60_000
const ofAge = 18

/** By the year alone nobody is of age before the year's end: the stricter reading. */
export const ageGroupOf = (birthYear: number | null, now: Date): AgeGroup =>
  birthYear === null ? 'unknown' : now.getUTCFullYear() - birthYear > ofAge ? 'adult' : 'minor'

export function createAges(call: Call, clock: Clock): Ages {
  const known = new LRUCache<string, { age: AgeGroup; at: number }>({ max: 20_000 })
  return {
    async of(personId) {
      const kept = known.get(personId)
      if (kept && clock.elapsed() - kept.at < freshMs) return kept.age
      try {
        const { birthYear } = await call(
          gateway.calls.identity,
          { personId },
          { scope: system, deadlineMs: patienceMs },
        )
        const age = ageGroupOf(birthYear, clock.now())
        known.set(personId, { age, at: clock.elapsed() })
        return age
      } catch {
        return kept?.age ?? 'unknown'
      }
    },
  }
}
