import { createHash } from 'node:crypto'
import { LunaError } from '@luna/contracts'
import { type PersonKey, type PersonKeys, personKeyFrom, type Scope } from '@luna/service'
import type { Shelf } from '../db/tables.ts'

/** Where a row stands: whose key seals it. */
export interface Place {
  readonly shelf: Shelf
  readonly owner_id: string | null
  readonly workspace_id: string | null
}

/**
 * What is public is read by everybody, so its key is no secret. It is sealed and indexed by the same code as all else, and
 * what becomes public or private again is sealed anew.
 */
const openKey: PersonKey = personKeyFrom(createHash('sha256').update('luna/personality/public').digest())

export async function keyOf(keys: PersonKeys, { shelf, owner_id, workspace_id }: Place): Promise<PersonKey> {
  const holder = shelf === 'private' ? owner_id : shelf === 'workspace' ? workspace_id : null
  return holder === null ? openKey : keys.of(holder)
}

export const publicKey = (): PersonKey => openKey

/** @throws LunaError `forbidden` when somebody shares with a workspace without acting in one */
export function placeOf(shelf: Shelf, ownerId: string, scope: Scope): Place {
  if (shelf !== 'workspace') return { shelf, owner_id: ownerId, workspace_id: null }
  if (scope.kind !== 'workspace')
    throw new LunaError(
      'forbidden',
      'Only within a workspace can a character be shared with it. Choose private or public.',
    )
  return { shelf, owner_id: ownerId, workspace_id: scope.workspaceId }
}
