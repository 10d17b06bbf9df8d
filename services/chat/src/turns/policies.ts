import { gateway, LunaError, type Policy } from '@luna/contracts'
import { defaultPolicy } from '@luna/safety'
import { type Call, system } from '@luna/service'
import { LRUCache } from 'lru-cache'

/** What answers are held to while they stream. */
export interface Policies {
  /**
   * The policy that moderation has told, else the last that was known for this person, else the built-in one.
   * @param told null: moderation was away
   * @throws LunaError `moderation-unavailable` when it is away and the mode is strict: always for minors
   */
  heldTo(personId: string, told: Policy | null): Promise<Policy>
}

const ofAge = 18
const patienceMs = 500

export function createPolicies(call: Call, now: () => Date): Policies {
  const known = new LRUCache<string, Policy>({ max: 10_000 })
  return {
    async heldTo(personId, told) {
      if (told) {
        known.set(personId, told)
        return told
      }
      const last = known.get(personId)
      if (last ? last.mode === 'strict' : await maybeMinor(call, personId, now())) throw unavailable()
      return last ?? defaultPolicy
    },
  }
}

/** Asked only when moderation has never said anything about the person; nobody to ask means nobody watches either. */
async function maybeMinor(call: Call, personId: string, now: Date): Promise<boolean> {
  try {
    const { birthYear } = await call(gateway.calls.identity, { personId }, { scope: system, deadlineMs: patienceMs })
    return birthYear !== null && now.getUTCFullYear() - birthYear <= ofAge
  } catch {
    return false
  }
}

const unavailable = () =>
  new LunaError(
    'moderation-unavailable',
    'Answers are checked before they are shown here, and the check is away at the moment. Try again in a little while.',
  )
