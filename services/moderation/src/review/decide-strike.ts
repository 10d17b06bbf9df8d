import type { Decision } from '@luna/contracts'

const dayMs = 86_400_000
/** How long a strike counts, and how long one more keeps somebody from writing: by how many count already. */
const strikeMs = 90 * dayMs
const restrictionsMs = [1 * dayMs, 7 * dayMs, 30 * dayMs]

export interface Strike {
  restricts: boolean
  /** Milliseconds until it expires. */
  forMs: number
}

/** What a decision means for the person: nothing, a strike, or from the third strike on and by decision a restriction that ends by itself. */
export function strikeOf(decision: Decision, standing: number, restricted: number): Strike | null {
  if (decision === 'dismiss' || decision === 'uphold') return null
  if (decision === 'strike' && standing < 2) return { restricts: false, forMs: strikeMs }
  return { restricts: true, forMs: restrictionsMs[Math.min(restricted, restrictionsMs.length - 1)] ?? dayMs }
}
