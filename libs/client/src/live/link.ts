import { type ClientFrame, LunaError, type ServerFrame } from '@luna/contracts'
import type { AccessToken, Credentials } from '../http/credentials.ts'
import { afterClose, backoff } from './reconnect.ts'
import { renewalDelay, type Timings } from './timings.ts'
import { openTransport, type SocketConstructor, type Transport } from './transport.ts'
import { maybeOnline, onWake } from './wake.ts'

type Ready = Extract<ServerFrame, { type: 'ready' }>

export type LinkState =
  | { name: 'connecting' }
  | { name: 'ready'; user: Ready['user']; sessionId: string }
  /** Between two tries. `offline`: the machine itself has no network. `failures`: tries in a row that came to nothing. */
  | { name: 'waiting'; offline: boolean; failures: number }
  | { name: 'signed-out'; why: 'revoked' | 'expired' }
  | { name: 'closed' }

export interface LinkOptions {
  url: string
  WebSocket: SocketConstructor
  credentials: Credentials
  client: { name: string; version: string } | undefined
  timings: Timings
  onState(state: LinkState): void
  onReady(frame: Ready): void
  onFrame(frame: ServerFrame): void
  /** The socket is gone; `blamesFrame` when the server could not take a frame of ours. */
  onDown(blamesFrame: boolean): void
}

/** Keeps a socket open and signed in: reconnects with pauses, renews the token, wakes with the page and the network. */
export class Link {
  readonly #options: LinkOptions
  readonly #stopWaking: () => void
  #state: LinkState = { name: 'connecting' }
  #transport: Transport | null = null
  #failures = 0
  #renewNext = false
  #renewed = false
  #retry: ReturnType<typeof setTimeout> | undefined
  #renewal: ReturnType<typeof setTimeout> | undefined
  #dialling = false

  constructor(options: LinkOptions) {
    this.#options = options
    this.#stopWaking = onWake(() => this.wake(false))
  }

  get state(): LinkState {
    return this.#state
  }

  start(): void {
    if (this.#state.name === 'connecting') void this.#dial()
  }

  /** Sent only while ready: what must survive is sent again by its owner on the next `onReady`. */
  transmit(frame: ClientFrame): void {
    if (this.#state.name === 'ready') this.#transport?.send(frame)
  }

  wake(afterSignIn: boolean): void {
    if (this.#state.name === 'ready') this.#transport?.probe()
    if (this.#state.name === 'waiting' || (afterSignIn && this.#state.name === 'signed-out')) void this.#dial()
  }

  close(): void {
    this.#stopWaking()
    this.#stopTimers()
    this.#set({ name: 'closed' })
    const transport = this.#transport
    this.#transport = null
    transport?.close(1000, 'closed by the client')
  }

  async #dial(): Promise<void> {
    if (this.#dialling || this.#transport) return
    this.#dialling = true
    clearTimeout(this.#retry)
    this.#set({ name: 'connecting' })
    try {
      const { credentials } = this.#options
      this.#renewed = this.#renewNext
      const token = this.#renewNext && credentials.renewable ? await credentials.renew() : await credentials.current()
      this.#renewNext = false
      if (this.#state.name === 'connecting') this.#open(token)
    } catch (error) {
      if (this.#state.name === 'connecting') this.#noToken(LunaError.from(error))
    } finally {
      this.#dialling = false
    }
  }

  #open(token: AccessToken | null): void {
    const { url, WebSocket, timings, client } = this.#options
    const hello = { type: 'hello', protocol: 1, ...(token ? { token: token.token } : {}) } as const
    this.#transport = openTransport({
      url,
      WebSocket,
      timings,
      hello: client ? { ...hello, client } : hello,
      onFrame: frame => this.#take(frame),
      onClose: code => this.#closed(code),
    })
  }

  #take(frame: ServerFrame): void {
    if (frame.type !== 'ready') return this.#options.onFrame(frame)
    const first = this.#state.name !== 'ready'
    this.#failures = 0
    this.#renewed = false
    this.#renewIn(renewalDelay(Date.parse(frame.expiresAt) - Date.now(), this.#options.timings))
    this.#set({ name: 'ready', user: frame.user, sessionId: frame.sessionId })
    this.#options.onFrame(frame)
    if (first) this.#options.onReady(frame)
  }

  #closed(code: number): void {
    this.#transport = null
    this.#stopTimers()
    if (this.#state.name === 'closed') return this.#options.onDown(false)
    this.#failures++
    const { timings } = this.#options
    const renewed = this.#renewed || !this.#options.credentials.renewable
    const next = afterClose({
      code,
      failures: this.#failures,
      renewed,
      random: Math.random(),
      backoffMs: timings.backoffMs,
    })
    if (next.do === 'sign-in') {
      this.#renewNext = false
      this.#set({ name: 'signed-out', why: next.why })
      return this.#options.onDown(false)
    }
    this.#renewNext = next.renew
    this.#options.onDown(next.blamesFrame)
    this.#wait(next.delayMs)
  }

  #noToken(error: LunaError): void {
    if (error.code === 'unauthorized') return this.#set({ name: 'signed-out', why: 'expired' })
    this.#failures++
    this.#wait(backoff(this.#failures, Math.random(), this.#options.timings.backoffMs))
  }

  #wait(delayMs: number): void {
    this.#retry = setTimeout(() => void this.#dial(), delayMs)
    this.#set({ name: 'waiting', offline: !maybeOnline(), failures: this.#failures })
  }

  #renewIn(delayMs: number): void {
    clearTimeout(this.#renewal)
    if (this.#options.credentials.renewable) this.#renewal = setTimeout(() => void this.#renew(), delayMs)
  }

  async #renew(): Promise<void> {
    const { credentials, timings } = this.#options
    try {
      const token = await credentials.renew()
      if (!token) return
      this.transmit({ type: 'auth', token: token.token })
      if (token.expiresAtMs !== null) this.#renewIn(renewalDelay(token.expiresAtMs - Date.now(), timings))
    } catch (error) {
      // Signed out for good: the server closes with 4401 when the time comes. Otherwise tried again until then.
      if (LunaError.from(error).code !== 'unauthorized') this.#renewIn(timings.renewAtMostEveryMs)
    }
  }

  #stopTimers(): void {
    clearTimeout(this.#retry)
    clearTimeout(this.#renewal)
  }

  #set(state: LinkState): void {
    this.#state = state
    this.#options.onState(state)
  }
}
