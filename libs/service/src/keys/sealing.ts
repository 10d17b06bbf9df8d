import { createCipheriv, createDecipheriv, createSecretKey, hkdfSync, type KeyObject, randomBytes } from 'node:crypto'
import { LunaError } from '@luna/contracts'

/** 256 bits behind an object that neither prints nor serialises them. */
export type DataKey = KeyObject

export const keyBytes = 32
const version = 1
const nonceBytes = 12
const tagBytes = 16
const headBytes = 1 + nonceBytes

/** @throws LunaError `invalid` unless there are exactly 32 bytes. */
export function dataKeyFrom(bytes: Uint8Array): DataKey {
  if (bytes.byteLength !== keyBytes)
    throw new LunaError(
      'invalid',
      `A data key has ${keyBytes} bytes, found ${bytes.byteLength}: make it with generateDataKey().`,
    )
  return createSecretKey(bytes)
}

/** A fresh data key, as bytes because its next station is `wrapDataKey`. */
export const generateDataKey = (): Buffer => randomBytes(keyBytes)

/** HKDF-SHA256 (RFC 5869) without salt: the input already is a uniform key; `purpose` tells the sub-keys apart. */
export const deriveBytes = (key: KeyObject, purpose: string, length = keyBytes): Buffer =>
  Buffer.from(hkdfSync('sha256', key, new Uint8Array(), `luna/v1/${purpose}`, length))

export const deriveKey = (key: KeyObject, purpose: string): DataKey => createSecretKey(deriveBytes(key, purpose))

/**
 * AES-256-GCM (NIST SP 800-38D). Layout: version (1 byte, 0x01), random nonce (12), ciphertext (as long as the plaintext), tag (16).
 * `context` names the place of the value, such as `chat.messages.text:<id>`: it is authenticated, not stored, so that a
 * ciphertext moved to another row does not open.
 */
export function seal(key: DataKey, plaintext: string | Uint8Array, context: string): Buffer {
  const nonce = randomBytes(nonceBytes)
  const head = Buffer.concat([Buffer.of(version), nonce])
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes })
  cipher.setAAD(authenticated(context))
  const body = typeof plaintext === 'string' ? cipher.update(plaintext, 'utf8') : cipher.update(plaintext)
  return Buffer.concat([head, body, cipher.final(), cipher.getAuthTag()])
}

/**
 * The plaintext of what `seal` made with the same key and context.
 * @throws LunaError `internal`, the same one for every cause, so that it tells an attacker nothing.
 */
export function open(key: DataKey, sealed: Uint8Array, context: string): Buffer {
  if (sealed.byteLength < headBytes + tagBytes || sealed[0] !== version) throw unreadable()
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(1, headBytes), { authTagLength: tagBytes })
  decipher.setAAD(authenticated(context))
  decipher.setAuthTag(sealed.subarray(sealed.byteLength - tagBytes))
  const body = decipher.update(sealed.subarray(headBytes, sealed.byteLength - tagBytes))
  try {
    return Buffer.concat([body, decipher.final()])
  } catch {
    throw unreadable()
  }
}

export const openText = (key: DataKey, sealed: Uint8Array, context: string): string =>
  open(key, sealed, context).toString('utf8')

const authenticated = (context: string): Buffer => Buffer.from(`luna/v${version}/${context}`, 'utf8')

const unreadable = (): LunaError =>
  new LunaError(
    'internal',
    'A sealed value does not open: it was changed, belongs elsewhere, or was sealed with another key. Check LUNA_MASTER_KEY and the backup it came from.',
  )
