import { createHmac, createPrivateKey, createPublicKey, hkdfSync, type KeyObject } from 'node:crypto'
import { type MasterKey, type MasterKeyRing, tokenSigningSeed } from '@luna/service'
import { calculateJwkThumbprint } from 'jose'

/** Everything that follows from the master key. */
export interface Secrets {
  readonly ring: MasterKeyRing
  /** Signs access tokens. */
  readonly signing: SigningKey
  /** Verifies them: the current one and, while keys are changed, the one before. */
  readonly verifying: readonly SigningKey[]
  /** HMAC-SHA256 under a key for this purpose alone. */
  mac(purpose: 'csrf' | 'request', text: string): Buffer
  /** Blind indexes of a mail address: under the current master key first, then under the previous one. */
  emailIndexes(email: string): Buffer[]
}

export interface SigningKey {
  /** RFC 7638 thumbprint. */
  readonly id: string
  readonly privateKey: KeyObject
  readonly publicKey: KeyObject
}

/** PKCS #8 header of an Ed25519 private key (RFC 8410, section 7); the 32 bytes of the seed follow. */
const pkcs8Header = Buffer.from('302e020100300506032b657004220420', 'hex')

async function signingKey(master: MasterKey): Promise<SigningKey> {
  const der = Buffer.concat([pkcs8Header, tokenSigningSeed(master)])
  const privateKey = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
  const publicKey = createPublicKey(privateKey)
  return { id: await calculateJwkThumbprint(publicKey), privateKey, publicKey }
}

const derive = (master: MasterKey, purpose: string): Buffer =>
  Buffer.from(hkdfSync('sha256', master.secret, new Uint8Array(), `luna/v1/gateway/${purpose}`, 32))

const hmac = (key: Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest()

export async function createSecrets(ring: MasterKeyRing): Promise<Secrets> {
  const masters = [ring.current, ...(ring.previous ? [ring.previous] : [])]
  const signing = await signingKey(ring.current)
  const previous = ring.previous ? [await signingKey(ring.previous)] : []
  const emailKeys = masters.map(master => derive(master, 'email'))
  const keys = { csrf: derive(ring.current, 'csrf'), request: derive(ring.current, 'request') }
  return {
    ring,
    signing,
    verifying: [signing, ...previous],
    mac: (purpose, text) => hmac(keys[purpose], text),
    emailIndexes: email => emailKeys.map(key => hmac(key, email)),
  }
}
