import { LunaError } from '@luna/contracts'

/**
 * On whose behalf something is done. Row level security lets a transaction see what its scope may see, and nothing
 * without one. Travels with every call in the header {@link scopeHeader}.
 */
export type Scope =
  | { readonly kind: 'person'; readonly personId: string }
  | { readonly kind: 'workspace'; readonly personId: string; readonly workspaceId: string }
  | { readonly kind: 'moderator'; readonly personId: string }
  | { readonly kind: 'system' }

export const scopeHeader = 'scope'

export const system: Scope = Object.freeze({ kind: 'system' })
export const person = (personId: string): Scope => ({ kind: 'person', personId })

const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

export const isUuid = (value: unknown): value is string => typeof value === 'string' && uuidPattern.test(value)

export const encodeScope = (scope: Scope): string =>
  scope.kind === 'system'
    ? 'system'
    : scope.kind === 'workspace'
      ? `workspace ${scope.personId} ${scope.workspaceId}`
      : `${scope.kind} ${scope.personId}`

export function decodeScope(header: string | undefined): Scope {
  const [kind, personId = '', workspaceId = ''] = (header ?? '').split(' ')
  if (kind === 'system') return system
  if ((kind === 'person' || kind === 'moderator') && isUuid(personId)) return { kind, personId }
  if (kind === 'workspace' && isUuid(personId) && isUuid(workspaceId)) return { kind, personId, workspaceId }
  throw new LunaError('forbidden', 'The call says on nobody’s behalf it is made: send a scope with it.')
}

/** The person of a scope; for handlers that have no meaning without one. */
export function personOf(scope: Scope): string {
  if (scope.kind === 'system') throw new LunaError('forbidden', 'This can only be done on behalf of a person.')
  return scope.personId
}

/** Refuses everybody but Luna's own services. */
export function requireSystem(scope: Scope): void {
  if (scope.kind !== 'system') throw new LunaError('forbidden', 'Only Luna’s own services may do this.')
}
