import { closeCodes, type LunaError } from '@luna/contracts'

/** RFC 6455 codes that the protocol uses beside its own. */
export const goingAway = 1001
export const tryAgainLater = 1013

/** The close code that an error at sign-in ends a socket with. */
export function closeCodeOf(error: LunaError): number {
  if (error.code === 'unauthorized' || error.code === 'not-found') return closeCodes.notSignedIn
  if (error.code === 'forbidden') return closeCodes.revoked
  return error.code === 'rate-limited' ? closeCodes.tooMany : tryAgainLater
}
