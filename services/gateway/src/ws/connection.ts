import type { WebSocket } from '@fastify/websocket'
import { closeCodes, type ErrorBody, LunaError, limits, type ServerFrame } from '@luna/contracts'
import type { Credentials } from '../auth/auth.ts'
import { type Principal, proofId } from '../auth/principal.ts'
import { CareClock } from '../care/care-clock.ts'
import type { Attendee, PersonChannel } from '../live/person-channel.ts'
import type { Lease } from '../live/shared.ts'
import { FrameBudget } from './frame-budget.ts'
import type { Gate } from './gate.ts'
import { handleFrame } from './handle-frame.ts'
import { Subscriptions } from './subscriptions.ts'

/** Frames that may come while the sign-in of `hello` is looked at. */
const mostEarly = 64

type Phase = 'new' | 'signing-in' | 'ready' | 'closing' | 'gone'

/** One socket: who it acts for, what it watches, and what it still owes its reader. */
export class Connection implements Attendee {
  readonly id: string
  readonly gate: Gate
  readonly subscriptions: Subscriptions
  /** What the upgrade said of who it is; dropped at sign-in. */
  credentials: Credentials | null
  readonly languages: string | undefined
  phase: Phase = 'new'
  /** Submissions that chat has not answered yet, with what ends the waiting. */
  readonly awaited = new Map<string, () => void>()
  /** Tells the person, on all their sockets, what is due. */
  readonly care: CareClock
  #principal: Principal | null = null
  #person: Lease<PersonChannel> | null = null
  #leave: () => void = () => {}
  readonly #socket: WebSocket
  readonly #budget = new FrameBudget()
  #early: string[] = []
  readonly #openedMs: number
  #closedMs = 0
  #pingedMs: number
  #alive = true

  constructor(gate: Gate, socket: WebSocket, credentials: Credentials, languages: string | undefined) {
    this.gate = gate
    this.id = gate.ctx.random.id()
    this.subscriptions = new Subscriptions(gate.hub)
    this.care = new CareClock(gate.ctx.careDesk, text => this.#person?.value.receive(text))
    this.credentials = credentials
    this.languages = languages
    this.#socket = socket
    this.#openedMs = gate.ctx.clock.elapsed()
    this.#pingedMs = this.#openedMs
  }

  get principal(): Principal {
    if (!this.#principal) throw new LunaError('unauthorized', 'The first frame must be `hello`.')
    return this.#principal
  }

  get person(): PersonChannel {
    if (!this.#person) throw new LunaError('unauthorized', 'The first frame must be `hello`.')
    return this.#person.value
  }

  get proofId(): string {
    return proofId(this.principal)
  }

  /** Whether it still reads and is read. */
  get open(): boolean {
    return this.phase !== 'closing' && this.phase !== 'gone'
  }

  receive(data: { toString(): string }, isBinary: boolean): void {
    if (!this.open) return
    const { ctx } = this.gate
    const taken = this.#budget.take(ctx.clock.elapsed(), ctx.config.rates?.frames ?? null)
    if (taken.verdict !== 'ok') return this.#tooMany(taken.verdict === 'enough', taken.retryAfterMs)
    if (isBinary) {
      this.fail(closeCodes.badFrame, new LunaError('invalid', 'Frames are JSON text; a binary one came.'))
      return
    }
    const text = data.toString()
    if (this.phase !== 'signing-in') return handleFrame(this, text)
    this.#early.push(text)
    if (this.#early.length > mostEarly) this.#tooMany(true, 0)
  }

  /** From here on it acts for this person. What came in the meantime is handled now. */
  signIn(principal: Principal, person: Lease<PersonChannel>): void {
    this.#principal = principal
    this.#person = person
    this.#leave = person.value.attend(this)
    this.credentials = null
  }

  begin(): void {
    this.phase = 'ready'
    this.care.tick(this.gate.ctx.clock.elapsed(), this.principal.personId, this.languages)
    for (const text of this.#early.splice(0)) if (this.open) handleFrame(this, text)
  }

  renew(principal: Principal): void {
    this.#principal = principal
  }

  changed(text: string): void {
    if (this.phase === 'ready') this.push(text)
  }

  revoked(): void {
    this.fail(closeCodes.revoked, new LunaError('unauthorized', 'This sign-in was ended. Sign in again.'))
  }

  send(frame: ServerFrame): void {
    this.push(JSON.stringify(frame))
  }

  /** An answer to what the client knows by this id. */
  sendError(error: LunaError, id: string | null): void {
    const body = error.toBody() as ErrorBody & { details?: Record<string, unknown> }
    this.send({ type: 'error', ...(id === null ? {} : { id }), error: body })
  }

  /** Text of a frame, or its bytes where many get the same. */
  push(data: string | Buffer): void {
    if (!this.open) return
    this.#socket.send(data, { binary: false })
    if (this.#socket.bufferedAmount > limits.backlogBytes) this.close(closeCodes.backlog, 'you read too slowly')
  }

  /** Says what is wrong and closes. */
  fail(code: number, error: LunaError): void {
    if (!this.open) return
    this.sendError(error, null)
    this.close(code, error.code)
  }

  close(code: number, reason: string): void {
    if (!this.open) return
    this.phase = 'closing'
    this.#closedMs = this.gate.ctx.clock.elapsed()
    this.#release()
    this.#socket.close(code, reason)
  }

  pong(): void {
    this.#alive = true
  }

  gone(): void {
    if (this.phase === 'gone') return
    this.phase = 'gone'
    this.#release()
    this.gate.gone(this)
  }

  /** Keeps the deadlines: `hello`, expiry, pings, and a close that nobody answers. */
  sweep(nowMs: number, now: Date): void {
    const { helloMs, pingMs, closeMs } = this.gate.timings
    if (this.phase === 'closing') {
      if (nowMs - this.#closedMs >= closeMs) this.#socket.terminate()
      return
    }
    if (this.phase === 'new' && nowMs - this.#openedMs >= helloMs)
      return this.fail(closeCodes.notSignedIn, new LunaError('unauthorized', 'No `hello` came in time.'))
    const expiresAt = this.#principal?.expiresAt
    if (expiresAt && expiresAt <= now)
      return this.fail(closeCodes.notSignedIn, new LunaError('unauthorized', 'The sign-in has expired. Renew it.'))
    if (this.phase === 'ready') this.care.tick(nowMs, this.principal.personId, this.languages)
    if (nowMs - this.#pingedMs < pingMs) return
    if (!this.#alive) return this.#socket.terminate()
    this.#alive = false
    this.#pingedMs = nowMs
    this.#socket.ping()
  }

  #tooMany(enough: boolean, retryAfterMs: number): void {
    const error = new LunaError('rate-limited', 'Too many frames at once. Wait a little.', {
      details: { retryAfterMs },
    })
    if (enough) this.fail(closeCodes.tooMany, error)
    else this.sendError(error, null)
  }

  #release(): void {
    this.subscriptions.clear()
    for (const forget of this.awaited.values()) forget()
    this.awaited.clear()
    this.#leave()
    this.#leave = () => {}
    this.#person?.release()
    this.#person = null
    this.#early = []
  }
}
