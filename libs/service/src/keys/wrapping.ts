import { LunaError } from '@luna/contracts'
import type { MasterKey, MasterKeyRing } from './master-key.ts'
import { deriveKey, keyBytes, open, seal } from './sealing.ts'

const idBytes = 8

export interface Unwrapped {
  /** 32 bytes. */
  key: Buffer
  /** It was wrapped with the previous master key: wrap it again and store that. */
  outdated: boolean
}

/**
 * A data key as it is stored: id of the master key (8 bytes), then the sealed key.
 * @param owner the person or workspace it belongs to; one owner's wrapped key does not open as another's
 */
export const wrapDataKey = (ring: MasterKeyRing, owner: string, key: Uint8Array): Buffer =>
  Buffer.concat([Buffer.from(ring.current.id, 'hex'), seal(wrappingKey(ring.current), key, wrappedFor(owner))])

/** @throws LunaError `internal` when neither master key of the ring wrapped it, or it was tampered with. */
export function unwrapDataKey(ring: MasterKeyRing, owner: string, wrapped: Uint8Array): Unwrapped {
  const id = Buffer.from(wrapped.subarray(0, idBytes)).toString('hex')
  const master = [ring.current, ring.previous].find(candidate => candidate?.id === id)
  if (!master)
    throw new LunaError(
      'internal',
      `A data key was wrapped with master key ${id}; LUNA_MASTER_KEY is ${ring.current.id} and LUNA_MASTER_KEY_PREVIOUS ${
        ring.previous ? `is ${ring.previous.id}` : 'is not set'
      }. Put the key that wrapped it into LUNA_MASTER_KEY_PREVIOUS.`,
    )
  const key = open(wrappingKey(master), wrapped.subarray(idBytes), wrappedFor(owner))
  if (key.byteLength !== keyBytes)
    throw new LunaError('internal', `A wrapped data key holds ${key.byteLength} bytes instead of ${keyBytes}.`)
  return { key, outdated: master !== ring.current }
}

const wrappingKey = (master: MasterKey) => deriveKey(master.secret, 'wrapping')
const wrappedFor = (owner: string) => `data-key/${owner}`
