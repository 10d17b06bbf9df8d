import { LunaError } from '@luna/contracts'
import { Emitter } from '../emitter.ts'
import { type AccessToken, type Credentials, singleFlight } from './credentials.ts'
import type { Http } from './request.ts'

export interface User {
  id: string
  displayName: string
  email: string | null
  roles?: string[]
  createdAt?: string
  version?: number
}

/** What signing in answers. `expiresIn` is in seconds. */
export interface SignedIn {
  user: User
  accessToken: string
  expiresIn: number
}

export interface SessionEvents extends Record<string, unknown> {
  /** Somebody signed in (the user), or nobody is signed in any more (null). */
  user: User | null
}

/** The signed-in person: the access token lives in memory only, the refresh cookie where scripts cannot read it. */
export interface Session {
  readonly user: User | null
  readonly credentials: Credentials
  take(answer: SignedIn): User
  clear(): void
  on: Emitter<SessionEvents>['on']
}

interface Locks {
  request<Result>(name: string, run: () => Promise<Result>): Promise<Result>
}

/**
 * `lock` keeps two tabs from using the same refresh token: the server would take the second use for a theft
 * and end the session.
 */
export function createSession(http: () => Http, lock: Locks['request'] = browserLock()): Session {
  const events = new Emitter<SessionEvents>()
  let user: User | null = null
  let token: AccessToken | null = null

  const take = (answer: SignedIn): User => {
    token = { token: answer.accessToken, expiresAtMs: Date.now() + answer.expiresIn * 1_000 }
    const changed = user?.id !== answer.user.id
    user = answer.user
    if (changed) events.emit('user', user)
    return user
  }
  const clear = (): void => {
    token = null
    if (user === null) return
    user = null
    events.emit('user', null)
  }
  const renew = singleFlight(async () => {
    try {
      take(await lock('luna-refresh', () => http().json<SignedIn>('POST', 'auth/refresh', { anonymous: true })))
      return token
    } catch (error) {
      if (error instanceof LunaError && (error.code === 'unauthorized' || error.code === 'forbidden')) {
        clear()
        throw new LunaError('unauthorized', 'You are signed out. Sign in again to go on.', { cause: error })
      }
      throw error
    }
  })

  return {
    get user() {
      return user
    },
    credentials: {
      renewable: true,
      current: async () => (token?.expiresAtMs != null && token.expiresAtMs < Date.now() ? renew() : token),
      renew,
    },
    take,
    clear,
    on: events.on.bind(events),
  }
}

function browserLock(): Locks['request'] {
  const locks = (globalThis as { navigator?: { locks?: Locks } }).navigator?.locks
  return locks ? (name, run) => locks.request(name, run) : (_name, run) => run()
}
