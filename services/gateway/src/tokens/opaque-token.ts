import { createHash } from 'node:crypto'

/** API keys are recognised by this, by people and by secret scanners. */
export const apiKeyPrefix = 'luna_'

/** 32 random bytes need no slow hash: SHA-256 is what is stored. */
export const hashToken = (token: string): Buffer => createHash('sha256').update(token).digest()

export const makeApiKey = (bytes: Uint8Array): string => `${apiKeyPrefix}${Buffer.from(bytes).toString('base64url')}`

export const isApiKey = (token: string): boolean => token.startsWith(apiKeyPrefix)

/** A refresh token names its session, so that a CSRF token can be bound to it while no access token is valid. */
export const makeRefreshToken = (sessionId: string, bytes: Uint8Array): string =>
  `${sessionId}.${Buffer.from(bytes).toString('base64url')}`

export const sessionOfRefreshToken = (token: string): string | null =>
  /^([0-9a-f-]{36})\.[A-Za-z0-9_-]{43}$/.exec(token)?.[1] ?? null
