/** What is stored of a presented refresh token and its session; null when there is no such token. */
export interface StoredToken {
  usedAt: Date | null
  endedAt: Date | null
  expired: boolean
}

export type RefreshDecision = 'rotate' | 'refuse' | 'end-session'

/**
 * A token is used once. A second use means that two parties hold it, and nobody can tell which is the thief: the whole
 * family ends (RFC 9700, section 4.14.2).
 */
export function decideRefresh(token: StoredToken | null): RefreshDecision {
  if (!token || token.endedAt || token.expired) return 'refuse'
  return token.usedAt ? 'end-session' : 'rotate'
}
