import { gateway } from '@luna/contracts'
import type { Call } from '@luna/service'
import { system } from '@luna/service'
import { LRUCache } from 'lru-cache'

/** What people want to be called, asked of the gateway and kept for a while. */
export interface PersonNames {
  /** Undefined when there is none, or the gateway does not say in time: a prompt does without. */
  of(personId: string): Promise<string | undefined>
}

const patienceMs = 500

export function createPersonNames(call: Call): PersonNames {
  const names = new LRUCache<string, { name: string | undefined }>({ max: 10_000, ttl: 5 * 60_000 })
  return {
    async of(personId) {
      const known = names.get(personId)
      if (known) return known.name
      try {
        const { displayName } = await call(
          gateway.calls.identity,
          { personId },
          { scope: system, deadlineMs: patienceMs },
        )
        const name = displayName.trim() === '' ? undefined : displayName
        names.set(personId, { name })
        return name
      } catch {
        return undefined
      }
    },
  }
}
