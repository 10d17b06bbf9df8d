import { timingSafeEqual } from 'node:crypto'
import type { Secrets } from '../secrets/secrets.ts'

type Mac = Pick<Secrets, 'mac'>

const sign = ({ mac }: Mac, sessionId: string, nonce: string): Buffer => mac('csrf', `${sessionId}.${nonce}`)

/** `<nonce>.<HMAC>`, both base64url: bound to the session, so that a token planted by another subdomain is worth nothing. */
export function makeCsrfToken(secrets: Mac, sessionId: string, random: Uint8Array): string {
  const nonce = Buffer.from(random).toString('base64url')
  return `${nonce}.${sign(secrets, sessionId, nonce).toString('base64url')}`
}

export interface CsrfProof {
  sessionId: string
  /** From the cookie, which only Luna's own answer can have set. */
  cookie: string | null
  /** From the header, which only a page that could read Luna's answer can send. */
  header: string | null
}

/** Signed double submit (OWASP CSRF cheat sheet): cookie and header agree, and were made for this session. */
export function csrfHolds(secrets: Mac, { sessionId, cookie, header }: CsrfProof): boolean {
  if (!cookie || cookie !== header) return false
  const [nonce, given, ...rest] = cookie.split('.')
  if (!nonce || !given || rest.length > 0) return false
  const wanted = sign(secrets, sessionId, nonce)
  const found = Buffer.from(given, 'base64url')
  return found.length === wanted.length && timingSafeEqual(found, wanted)
}
