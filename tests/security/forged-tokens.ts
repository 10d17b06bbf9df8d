import { createHmac, createPrivateKey, sign } from 'node:crypto'
import { parseMasterKey, tokenSigningSeed } from '@luna/service'

/** Of the Luna that these tokens are for: never used for anything but tests. */
export const masterKey = 'x1Zy8QeJ0w9vYt2R5uPq7sLk3mNb6hGfDcAaBzEiOoU='

const pkcs8Header = Buffer.from('302e020100300506032b657004220420', 'hex')
const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')
const read = (text = ''): Record<string, unknown> => JSON.parse(Buffer.from(text, 'base64url').toString())

/** Tokens that look like this valid one, none of which may be believed. */
export function forgedTokens(valid: string): Record<string, string> {
  const [head, claims, signature = ''] = valid.split('.')
  const header = read(head)
  const now = Math.floor(Date.now() / 1_000)
  const seed = tokenSigningSeed(parseMasterKey(masterKey))
  const key = createPrivateKey({ key: Buffer.concat([pkcs8Header, seed]), format: 'der', type: 'pkcs8' })
  const signed = (changes: object, headerChanges: object = {}) => {
    const text = `${part({ ...header, ...headerChanges })}.${part({ ...read(claims), ...changes })}`
    return `${text}.${sign(null, Buffer.from(text), key).toString('base64url')}`
  }
  const hmacText = `${part({ ...header, alg: 'HS256' })}.${claims}`
  return {
    expired: signed({ iat: now - 2_000, exp: now - 1_000 }),
    'without an end': signed({ exp: undefined }),
    'for another audience': signed({ aud: 'elsewhere' }),
    'of another type': signed({}, { typ: 'JWT' }),
    'of an unknown key': signed({}, { kid: 'unknown' }),
    'unsigned (alg none)': `${part({ ...header, alg: 'none' })}.${claims}.`,
    'with the signature of another algorithm': `${hmacText}.${createHmac('sha256', seed).update(hmacText).digest('base64url')}`,
    'with changed claims': `${head}.${part({ ...read(claims), sub: '00000000-0000-4000-8000-000000000000' })}.${signature}`,
    'no token at all': 'nonsense',
  }
}
