import { LunaError } from '@luna/contracts'
import { ConversationStore } from './conversation/store.ts'
import { createCookieJar } from './http/cookies.ts'
import { fixedToken, type GetToken, tokenFrom } from './http/credentials.ts'
import { createHttp, type Fetch } from './http/request.ts'
import { createSession } from './http/session.ts'
import { Connection } from './live/connection.ts'
import type { SendStorage } from './live/send-storage.ts'
import { defaultTimings, type Timings } from './live/timings.ts'
import type { SocketConstructor } from './live/transport.ts'
import { accounts } from './rest/accounts.ts'
import { characters } from './rest/characters.ts'
import { conversations } from './rest/conversations.ts'
import { memories } from './rest/memories.ts'
import { messages } from './rest/messages.ts'
import { moderation } from './rest/moderation.ts'
import { plugins } from './rest/plugins.ts'
import { turns } from './rest/turns.ts'

export interface LunaOptions {
  /** Address of the gateway, such as `http://127.0.0.1:8080`; a path before `/api/v1` may follow. */
  baseUrl: string
  /** An access token or API key that stays what it is. */
  token?: string
  /** Where the application gets its token; asked again with `renew` when one was refused or is about to end. */
  getToken?: GetToken
  fetch?: Fetch
  /** Needed where there is no global one, as in Node 20: the `ws` package's class. */
  WebSocket?: SocketConstructor
  /** Keeps unaccepted sends across reloads: `webStorage(localStorage)`, or one's own. */
  storage?: SendStorage
  /** Named in `hello`, for the operator's logs. */
  client?: { name: string; version: string }
  timings?: Partial<Timings>
}

export type Luna = ReturnType<typeof createLuna>

/**
 * A client of one Luna. Without `token` and `getToken` it keeps a session of its own: sign in by `auth.login`,
 * `auth.register` or `auth.local`, or go on by `auth.refresh`; access tokens are then renewed by themselves.
 * Every method rejects with a LunaError.
 */
export function createLuna(options: LunaOptions) {
  const baseUrl = options.baseUrl.replace(/\/+$/, '')
  const inBrowser = 'document' in globalThis
  const own = options.token === undefined && options.getToken === undefined
  const session = createSession(() => http)
  const credentials =
    options.token !== undefined
      ? fixedToken(options.token)
      : options.getToken !== undefined
        ? tokenFrom(options.getToken)
        : session.credentials
  const http = createHttp({
    apiUrl: `${baseUrl}/api/v1`,
    fetch: options.fetch ?? ((input, init) => fetch(input, init)),
    credentials: () => credentials,
    cookies: own && inBrowser,
    jar: own && !inBrowser ? createCookieJar() : null,
  })
  const rest = {
    ...accounts(http, session),
    ...conversations(http),
    ...messages(http),
    ...memories(http),
    ...turns(http),
    ...plugins(http),
    ...characters(http),
    ...moderation(http),
  }

  /** Opens the live connection. It stays up, and comes back, until `close()`. */
  function connect(): Connection {
    const WebSocket = options.WebSocket ?? (globalThis as { WebSocket?: SocketConstructor }).WebSocket
    if (!WebSocket) {
      throw new LunaError(
        'invalid',
        'There is no WebSocket here. Pass one: createLuna({ WebSocket }), from "ws" in Node 20.',
      )
    }
    return new Connection({
      url: `${baseUrl.replace(/^http/, 'ws')}/ws`,
      WebSocket,
      credentials,
      storage: options.storage ?? null,
      client: options.client,
      timings: { ...defaultTimings, ...options.timings },
    })
  }

  /** Watches a conversation over a live connection, as a value that changes. */
  function watch(connection: Connection, conversationId: string): ConversationStore {
    return new ConversationStore(conversationId, {
      connection,
      messages: rest.conversations.messages,
      activeLeaf: async id => (await rest.conversations.get(id)).activeLeafId,
      turn: rest.turns.get,
    })
  }

  return { ...rest, session, connect, watch }
}
