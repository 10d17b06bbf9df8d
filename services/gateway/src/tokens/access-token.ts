import { LunaError } from '@luna/contracts'
import { isUuid } from '@luna/service'
import { exportJWK, type JWK, jwtVerify, SignJWT } from 'jose'
import type { GatewayContext } from '../context.ts'

/** Short, because a signed token is believed by whoever has the public key until it ends. */
export const accessTokenSeconds = 15 * 60

const issuer = 'luna'
const audience = 'luna'
const algorithm = 'EdDSA'

export interface AccessClaims {
  personId: string
  sessionId: string
  expiresAt: Date
}

type Signer = Pick<GatewayContext, 'secrets' | 'clock'>

/** A JWT (RFC 7519, RFC 8037) with ids only: names and roles are looked up, so that they are never old. */
export function signAccessToken({ secrets, clock }: Signer, personId: string, sessionId: string): Promise<string> {
  const now = Math.floor(clock.now().getTime() / 1_000)
  return new SignJWT({ sid: sessionId })
    .setProtectedHeader({ alg: algorithm, typ: 'at+jwt', kid: secrets.signing.id })
    .setIssuer(issuer)
    .setAudience(audience)
    .setSubject(personId)
    .setIssuedAt(now)
    .setExpirationTime(now + accessTokenSeconds)
    .sign(secrets.signing.privateKey)
}

const refused = (cause?: unknown): LunaError =>
  new LunaError('unauthorized', 'The access token is not valid, or no longer. Refresh it, or sign in again.', { cause })

/** @throws LunaError `unauthorized` */
export async function verifyAccessToken({ secrets, clock }: Signer, token: string): Promise<AccessClaims> {
  try {
    const { payload } = await jwtVerify(
      token,
      ({ kid }) => {
        const key = secrets.verifying.find(candidate => candidate.id === kid)
        if (!key) throw refused()
        return key.publicKey
      },
      {
        issuer,
        audience,
        algorithms: [algorithm],
        typ: 'at+jwt',
        currentDate: clock.now(),
        requiredClaims: ['exp', 'sub'],
      },
    )
    const { sub, sid, exp } = payload
    if (!isUuid(sub) || !isUuid(sid) || exp === undefined) throw refused()
    return { personId: sub, sessionId: sid, expiresAt: new Date(exp * 1_000) }
  } catch (error) {
    throw error instanceof LunaError ? error : refused(error)
  }
}

/** RFC 7517: the public halves, for whoever verifies Luna's tokens by itself. */
export async function keySet({ secrets }: Pick<GatewayContext, 'secrets'>): Promise<{ keys: JWK[] }> {
  const keys = secrets.verifying.map(async ({ id, publicKey }) => ({
    ...(await exportJWK(publicKey)),
    kid: id,
    use: 'sig',
    alg: algorithm,
  }))
  return { keys: await Promise.all(keys) }
}
