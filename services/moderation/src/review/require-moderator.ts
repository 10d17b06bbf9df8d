import { LunaError } from '@luna/contracts'
import type { Scope } from '@luna/service'

/** The moderator's id. The gateway gives this scope only to who has the role. @throws LunaError `forbidden` */
export function requireModerator(scope: Scope): string {
  if (scope.kind !== 'moderator') throw new LunaError('forbidden', 'Only moderators may do this.')
  return scope.personId
}
