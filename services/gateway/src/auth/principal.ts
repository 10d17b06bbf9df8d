/** The roles an account may have; every account has `user`. */
export const roles = ['user', 'moderator', 'operator'] as const
export type Role = (typeof roles)[number]

/** Who a request or a socket acts for. */
export interface Principal {
  readonly personId: string
  /** How this person has proved it: a signed-in session (its access token or cookie), or an API key. */
  readonly kind: 'session' | 'key'
  readonly sessionId: string | null
  readonly keyId: string | null
  readonly roles: readonly Role[]
  readonly displayName: string
  readonly email: string | null
  /** When the proof ends; null for an API key, which ends only by being revoked. */
  readonly expiresAt: Date | null
}

/**
 * The id under which `gateway.session-revoked.v1` speaks of this principal's proof: the session's, or the key's.
 * A revocation with `sessionId: null` ends all of the person's.
 */
export const proofId = (principal: Principal): string => principal.sessionId ?? principal.keyId ?? principal.personId
