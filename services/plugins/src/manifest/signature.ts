import { createPublicKey, type KeyObject, sign, verify } from 'node:crypto'
import type { PluginManifest } from '@luna/contracts'
import { contentHash } from './canonical.ts'

/** DER of an Ed25519 public key up to its 32 bytes (RFC 8410). */
const spkiPrefix = Buffer.from('302a300506032b6570032100', 'hex')

/** Who signed: the base64 public key; null for no signature, false for one that does not hold. */
export function signerOf(manifest: PluginManifest): string | null | false {
  if (!manifest.signature) return null
  const { publicKey, value } = manifest.signature
  try {
    const key = createPublicKey({
      key: Buffer.concat([spkiPrefix, Buffer.from(publicKey, 'base64')]),
      format: 'der',
      type: 'spki',
    })
    const holds = verify(null, Buffer.from(contentHash(manifest)), key, Buffer.from(value, 'base64'))
    return holds ? publicKey : false
  } catch {
    return false
  }
}

/** The manifest with a signature by this Ed25519 private key. */
export function signManifest(manifest: PluginManifest, privateKey: KeyObject): PluginManifest {
  const der = createPublicKey(privateKey).export({ format: 'der', type: 'spki' })
  const publicKey = der.subarray(spkiPrefix.length).toString('base64')
  const value = sign(null, Buffer.from(contentHash(manifest)), privateKey).toString('base64')
  return { ...manifest, signature: { publicKey, value } }
}
