import { createSecretKey, type KeyObject, randomBytes, scryptSync } from 'node:crypto'
import { LunaError } from '@luna/contracts'
import { deriveBytes, keyBytes } from './sealing.ts'

/** The secret that wraps data keys and from which the other secrets of an installation are derived. */
export interface MasterKey {
  /** 16 hex digits derived from the secret: says which key was used, reveals nothing of it. */
  readonly id: string
  readonly secret: KeyObject
}

export interface MasterKeyRing {
  readonly current: MasterKey
  /** Still opens what it wrapped, until every data key has been wrapped again. */
  readonly previous: MasterKey | null
}

const hexKey = /^[0-9a-f]{64}$/i
const base64Key = /^[A-Za-z0-9+/_-]{43}=?$/
const passphraseLength = 16
const passphraseVariety = 8

/**
 * 64 hex digits or base64 (also base64url) of 32 bytes are the key itself; any other text of at least 16 characters, 8 of
 * them different, is a passphrase, stretched with scrypt (N = 2^15, r = 8, p = 1; one salt, as there is one such secret).
 * @param name the setting it came from, for the message
 * @throws LunaError `invalid`; the message never holds the value
 */
export function parseMasterKey(text: string, name = 'LUNA_MASTER_KEY'): MasterKey {
  const value = text.trim()
  if (hexKey.test(value)) return masterKey(Buffer.from(value, 'hex'), name)
  if (base64Key.test(value)) return masterKey(Buffer.from(value.replace('=', ''), 'base64url'), name)
  const characters = [...value]
  if (characters.length < passphraseLength || new Set(characters).size < passphraseVariety)
    throw new LunaError('invalid', `${name} is too weak: ${describe(characters)}. ${advice}`)
  return masterKey(
    scryptSync(value.normalize('NFKC'), 'luna/v1/master-key', keyBytes, { N: 2 ** 15, r: 8, p: 1, maxmem: 2 ** 26 }),
    name,
  )
}

/** A new key in the form that LUNA_MASTER_KEY takes. */
export const generateMasterKey = (): string => randomBytes(keyBytes).toString('base64')

/** @throws LunaError `invalid` naming LUNA_MASTER_KEY or LUNA_MASTER_KEY_PREVIOUS. */
export const parseMasterKeyRing = (current: string, previous?: string): MasterKeyRing => ({
  current: parseMasterKey(current),
  previous: previous?.trim() ? parseMasterKey(previous, 'LUNA_MASTER_KEY_PREVIOUS') : null,
})

/** 32 bytes: the seed of the Ed25519 key (RFC 8032) that signs access tokens. */
export const tokenSigningSeed = (key: MasterKey): Buffer => deriveBytes(key.secret, 'token-signing')

/** The password of a service's database role: 43 characters of base64url. */
export const databasePassword = (key: MasterKey, role: string): string =>
  deriveBytes(key.secret, `role-password/${role}`).toString('base64url')

function masterKey(bytes: Buffer, name: string): MasterKey {
  if (new Set(bytes).size < passphraseVariety)
    throw new LunaError('invalid', `${name} is too weak: its 32 bytes hardly differ. ${advice}`)
  const secret = createSecretKey(bytes)
  return { id: deriveBytes(secret, 'key-id', 8).toString('hex'), secret }
}

const describe = (characters: string[]): string =>
  characters.length < passphraseLength
    ? `it has ${characters.length} characters, a passphrase needs ${passphraseLength}`
    : `only ${new Set(characters).size} of its characters differ, a passphrase needs ${passphraseVariety}`

const advice = 'Make one with `openssl rand -base64 32` and keep it safe: without it nothing stored can be read.'
