import { LunaError } from '@luna/contracts'

/** An access token and, where it is known, when it ends (ms since 1970). */
export interface AccessToken {
  token: string
  expiresAtMs: number | null
}

/** How requests and the socket sign in. */
export interface Credentials {
  /** The token to use now; null means the browser's cookie alone. */
  current(): Promise<AccessToken | null>
  /** A newer token after a 401 or before the old one ends; throws `unauthorized` when only a person can help. */
  renew(): Promise<AccessToken | null>
  readonly renewable: boolean
}

/** A token or API key that stays what it is. */
export function fixedToken(token: string): Credentials {
  return {
    renewable: false,
    current: async () => ({ token, expiresAtMs: null }),
    renew: async () => {
      throw new LunaError('unauthorized', 'The given token is no longer accepted. Sign in again for a new one.')
    },
  }
}

/** Asks the application for its token: `renew` is true when the last one was refused or is about to end. */
export type GetToken = (reason: { renew: boolean }) => Promise<string> | string

export function tokenFrom(getToken: GetToken): Credentials {
  const ask = async (renew: boolean): Promise<AccessToken> => ({ token: await getToken({ renew }), expiresAtMs: null })
  return { renewable: true, current: () => ask(false), renew: singleFlight(() => ask(true)) }
}

/** Calls that come while one is under way share its outcome. */
export function singleFlight<Result>(run: () => Promise<Result>): () => Promise<Result> {
  let underWay: Promise<Result> | null = null
  return () => {
    underWay ??= run().finally(() => {
      underWay = null
    })
    return underWay
  }
}
