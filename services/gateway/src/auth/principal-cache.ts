import { LRUCache } from 'lru-cache'
import { type Principal, proofId } from './principal.ts'

/** Milliseconds that a revocation may go unnoticed when its broadcast is lost. */
const ttlMs = 30_000

export interface PrincipalCache {
  /** Loads at most once at a time for each proof; failures are not remembered. */
  get(proof: string, load: () => Promise<Principal>): Promise<Principal>
  forget(personId: string, proofId: string | null): void
}

export function createPrincipalCache(max = 10_000): PrincipalCache {
  const known = new LRUCache<string, Principal>({ max, ttl: ttlMs })
  const loading = new Map<string, Promise<Principal>>()
  let forgotten = 0

  async function load(proof: string, fetch: () => Promise<Principal>): Promise<Principal> {
    const before = forgotten
    const principal = await fetch()
    if (before === forgotten) known.set(proof, principal)
    return principal
  }

  return {
    get(proof, fetch) {
      const hit = known.get(proof)
      if (hit) return Promise.resolve(hit)
      let pending = loading.get(proof)
      if (!pending) {
        pending = load(proof, fetch).finally(() => loading.delete(proof))
        loading.set(proof, pending)
      }
      return pending
    },
    forget(personId, ended) {
      forgotten += 1
      loading.clear()
      for (const [proof, principal] of known.entries())
        if (principal.personId === personId && (ended === null || proofId(principal) === ended)) known.delete(proof)
    },
  }
}
