import { LRUCache } from 'lru-cache'
import type { Clock } from '../clock.ts'
import { type PersonKey, personKeyFrom } from './person-key.ts'

export interface PersonKeysOptions {
  /** The 32 bytes of a person's data key; rejects for a person who is erased or unknown. */
  fetchKey(personId: string): Promise<Uint8Array>
  /** Milliseconds that a key is kept without asking again. */
  ttlMs: number
  /** Keys kept at once; the least recently used goes first. */
  max: number
  clock: Pick<Clock, 'elapsed'>
}

export interface PersonKeys {
  /** One fetch in flight for each person; a failure is given to all who wait for it and is not remembered. */
  of(personId: string): Promise<PersonKey>
  /** Forgets the key, and whatever a fetch in flight is about to bring. */
  drop(personId: string): void
}

export function createPersonKeys({ fetchKey, ttlMs, max, clock }: PersonKeysOptions): PersonKeys {
  const kept = new LRUCache<string, PersonKey>({
    max,
    ttl: ttlMs,
    ttlResolution: 0,
    perf: { now: () => 1 + clock.elapsed() },
  })
  const inFlight = new Map<string, { fetch: symbol; key: Promise<PersonKey> }>()

  async function fetchInto(personId: string, mine: symbol): Promise<PersonKey> {
    try {
      const key = personKeyFrom(await fetchKey(personId))
      if (inFlight.get(personId)?.fetch === mine) kept.set(personId, key)
      return key
    } finally {
      if (inFlight.get(personId)?.fetch === mine) inFlight.delete(personId)
    }
  }

  function fetchOnce(personId: string): Promise<PersonKey> {
    const fetch = Symbol(personId)
    const key = Promise.resolve().then(() => fetchInto(personId, fetch))
    inFlight.set(personId, { fetch, key })
    return key
  }

  return {
    async of(personId) {
      return kept.get(personId) ?? inFlight.get(personId)?.key ?? fetchOnce(personId)
    },
    drop(personId) {
      kept.delete(personId)
      inFlight.delete(personId)
    },
  }
}
