import type { Http } from '../http/request.ts'
import type { Session, SignedIn, User } from '../http/session.ts'
import type { Page, PageQuery } from './page.ts'

export interface ApiKey {
  id: string
  name: string
  prefix?: string
  createdAt?: string
  lastUsedAt?: string | null
}

export interface Erasure {
  erasureId: string
  state: 'running' | 'completed'
  requestedAt: string
  completedAt: string | null
  /** What each service has erased so far, by its name and table. */
  services: Record<string, Record<string, number>>
  /** Services that have not answered yet. */
  waitingFor: string[]
  /** Stored messages that were taken out of the bus. */
  purgedMessages: number | null
}

/** `auth/*`, `me` and `me/keys`. */
export function accounts(http: Http, session: Session) {
  const enter = async (path: string, body: unknown): Promise<User> =>
    session.take(await http.json<SignedIn>('POST', path, { body, anonymous: true }))
  return {
    auth: {
      register: (account: { email: string; password: string; displayName?: string }) => enter('auth/register', account),
      login: (account: { email: string; password: string }) => enter('auth/login', account),
      /** Signs the owner in; `forbidden` or `not-found` unless Luna runs in local mode on this machine. */
      local: () => enter('auth/local', {}),
      /** Goes on with the session of the refresh cookie; `unauthorized` when there is none. */
      refresh: async (): Promise<User> => {
        await session.credentials.renew()
        return session.user as User
      },
      logout: async (): Promise<void> => {
        await http.json('POST', 'auth/logout', { body: {} })
        session.clear()
      },
      csrf: () => http.json<{ token: string }>('GET', 'auth/csrf', { anonymous: true }),
    },
    me: {
      get: () => http.json<User>('GET', 'me'),
      update: (changes: { displayName?: string }, ifVersion?: number) =>
        http.json<User>('PATCH', 'me', { body: changes, ifVersion }),
      /** Erases the account everywhere; the receipt is read with `erasure(erasureId)`. */
      erase: () => http.json<{ erasureId: string }>('DELETE', 'me'),
      erasure: (id: string) => http.json<Erasure>('GET', `me/erasure/${id}`),
      /** A zip of JSON Lines with everything Luna keeps about the person. */
      export: async (): Promise<Blob> =>
        (await http.raw('GET', 'me/export', { headers: { accept: 'application/zip' }, timeoutMs: null })).blob(),
    },
    keys: {
      list: (query: PageQuery = {}) => http.json<Page<ApiKey>>('GET', 'me/keys', { query: { ...query } }),
      /** The secret is shown this once. */
      create: (name: string) => http.json<{ id: string; secret: string }>('POST', 'me/keys', { body: { name } }),
      remove: (id: string) => http.json<void>('DELETE', `me/keys/${id}`),
    },
  }
}
