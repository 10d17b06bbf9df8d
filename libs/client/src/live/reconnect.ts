import type { closeCodes } from '@luna/contracts'

/** What this client closes a socket with when the peer has gone silent. */
export const silentPeer = 4000

/** The close codes of the protocol, typed against the contract without carrying its schemas along. */
const codes: typeof closeCodes = {
  tooLarge: 1009,
  badFrame: 4400,
  notSignedIn: 4401,
  revoked: 4403,
  backlog: 4408,
  tooMany: 4429,
}

export type AfterClose =
  | { do: 'retry'; delayMs: number; renew: boolean; blamesFrame: boolean }
  | { do: 'sign-in'; why: 'revoked' | 'expired' }

export interface CloseFacts {
  code: number
  /** Closes in a row without a `ready` in between, this one included. */
  failures: number
  /** Whether a token renewed for this very connection was refused. */
  renewed: boolean
  random: number
  backoffMs: { base: number; max: number; tooMany: number }
}

/** What to do after a socket was closed. */
export function afterClose(facts: CloseFacts): AfterClose {
  const { code, failures, renewed, random, backoffMs } = facts
  const waiting = backoff(failures, random, backoffMs)
  switch (code) {
    case codes.revoked:
      return { do: 'sign-in', why: 'revoked' }
    case codes.notSignedIn:
      return renewed ? { do: 'sign-in', why: 'expired' } : retry(failures > 1 ? waiting : 0, { renew: true })
    case codes.tooMany:
      return retry(backoffMs.tooMany * (1 + random) + waiting)
    case codes.badFrame:
    case codes.tooLarge:
      return retry(waiting, { blamesFrame: true })
    case codes.backlog:
    case silentPeer:
      return retry(failures > 1 ? waiting : 0)
    default:
      return retry(waiting)
  }
}

const retry = (delayMs: number, more: { renew?: boolean; blamesFrame?: boolean } = {}): AfterClose => ({
  do: 'retry',
  delayMs: Math.round(delayMs),
  renew: more.renew ?? false,
  blamesFrame: more.blamesFrame ?? false,
})

/** Exponential back-off with jitter over its upper half, so that many clients neither return at once nor at 0 ms. */
export function backoff(failures: number, random: number, { base, max }: { base: number; max: number }): number {
  const ceiling = Math.min(max, base * 2 ** Math.min(failures - 1, 20))
  return ceiling * (0.5 + random / 2)
}
