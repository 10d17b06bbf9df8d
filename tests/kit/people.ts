import { randomUUID } from 'node:crypto'
import { createLuna, type Luna, type Timings } from '@luna/client'
import { WebSocket } from 'ws'

/** Somebody with an account of this Luna. */
export interface Person {
  readonly id: string
  readonly token: string
  readonly email: string
  /** Signed in at the gateway at `url`. */
  readonly client: Luna
}

/** Never used for anything but tests. */
export const password = 'correct horse battery staple'

/** Clients of tests come back fast, so that nobody waits for a pause that is meant for people. */
export const quick: Partial<Timings> = { backoffMs: { base: 25, max: 250, tooMany: 250 }, resendMs: 2_000 }

/** Makes a new account. `displayName` is what the person is called. */
export async function signUp(url: string, displayName = 'Robin'): Promise<Person> {
  const email = `${randomUUID()}@example.org`
  const response = await fetch(`${url}/api/v1/auth/register`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password, displayName }),
  })
  if (!response.ok) throw new Error(`The account was refused: ${response.status} ${await response.text()}`)
  const { user, accessToken: token } = (await response.json()) as { user: { id: string }; accessToken: string }
  return { id: user.id, token, email, client: clientAt(url, token) }
}

/** A client of this gateway that acts by this token. */
export const clientAt = (
  url: string,
  token: string,
  Socket: typeof WebSocket = WebSocket,
  timings: Partial<Timings> = {},
): Luna => createLuna({ baseUrl: url, token, WebSocket: Socket as never, timings: { ...quick, ...timings } })

/** A socket whose connection is lost, without a close frame, once it has brought so many frames. */
export const cutAfter = (frames: number): typeof WebSocket =>
  class extends WebSocket {
    constructor(url: string | URL) {
      super(url)
      let brought = 0
      this.on('message', () => {
        brought += 1
        if (brought === frames) this.terminate()
      })
    }
  } as typeof WebSocket
