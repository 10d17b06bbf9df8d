import { type ClientFrame, LunaError, type ServerFrame } from '@luna/contracts'
import { acceptSend, mergeSends, nextSends, type Outbox, ownSends, type PendingSend, removeSend } from './outbox.ts'
import { backoff } from './reconnect.ts'
import type { SendStorage } from './send-storage.ts'
import type { Timings } from './timings.ts'

export type Accepted = Extract<ServerFrame, { type: 'accepted' }>

interface Flight {
  /** How often it went out, over all sockets. */
  tries: number
  /** On the present socket and not answered. */
  out: boolean
  /** Sockets that the server closed over a bad frame while this was out. */
  strikes: number
  timer?: ReturnType<typeof setTimeout> | undefined
  settle?: { accept(frame: Accepted): void; refuse(error: LunaError): void } | undefined
}

export interface DeliveriesDeps {
  storage: SendStorage | null
  timings: Timings
  /** Puts a frame on the socket; only called between `opened` and `closed`. */
  transmit(frame: ClientFrame): void
  changed(outbox: Outbox): void
  refused(send: PendingSend, error: LunaError): void
}

/** Brings every pending send to `accepted` or to a refusal, whatever happens to sockets and pages in between. */
export class Deliveries {
  readonly #deps: DeliveriesDeps
  readonly #flights = new Map<string, Flight>()
  #outbox: Outbox = []
  #userId: string | null = null
  #open = false
  readonly loaded: Promise<void>

  constructor(deps: DeliveriesDeps) {
    this.#deps = deps
    this.loaded = this.#load()
  }

  get outbox(): Outbox {
    return this.#outbox
  }

  add(send: PendingSend): Promise<Accepted> {
    const accepted = new Promise<Accepted>((resolve, reject) => {
      this.#flight(send.id).settle = { accept: resolve, refuse: reject }
    })
    accepted.catch(() => undefined)
    this.#set([...this.#outbox, this.#userId ? { ...send, userId: this.#userId } : send])
    this.#keep(send.id)
    this.#flush()
    return accepted
  }

  opened(userId: string): void {
    this.#open = true
    this.#userId = userId
    const before = this.#outbox
    this.#set(ownSends(before, userId))
    for (const send of before) if (send.userId === undefined) this.#keep(send.id)
    this.#flush()
  }

  /** `blamesFrame`: the server closed over a frame it could not take; whoever is out twice at that is refused. */
  closed(blamesFrame: boolean): void {
    this.#open = false
    for (const [id, flight] of this.#flights) {
      clearTimeout(flight.timer)
      if (!flight.out) continue
      flight.out = false
      if (blamesFrame && ++flight.strikes >= 2) {
        this.refuse(id, new LunaError('invalid', 'The server twice closed the connection over this message.'))
      }
    }
  }

  /** The accepted send, and whether it went out more than once; null for one that is not ours or was accepted before. */
  accept(frame: Accepted): { send: PendingSend; resent: boolean } | null {
    const send = this.#outbox.find(pending => pending.id === frame.id)
    const flight = this.#flights.get(frame.id)
    if (!send) return null
    this.#set(acceptSend(this.#outbox, frame.id, frame.conversationId))
    for (const pending of this.#outbox) if (pending.lane === frame.conversationId) this.#keep(pending.id)
    this.#forget(frame.id)
    flight?.settle?.accept(frame)
    this.#flush()
    return { send, resent: (flight?.tries ?? 0) > 1 }
  }

  /** An error frame for a send: sent again later when that can help, refused for good when not. */
  failed(id: string, error: LunaError): void {
    if (!error.retryable) return this.refuse(id, error)
    const flight = this.#flights.get(id)
    if (!flight?.out) return
    this.#retryIn(id, flight, backoff(flight.tries, Math.random(), this.#deps.timings.backoffMs))
  }

  /** Takes a send out that will not go; also the person's own "never mind". */
  refuse(id: string, error: LunaError): void {
    const send = this.#outbox.find(pending => pending.id === id)
    if (!send) return
    const flight = this.#flights.get(id)
    this.#set(removeSend(this.#outbox, id))
    this.#forget(id)
    flight?.settle?.refuse(error)
    this.#deps.refused(send, error)
    this.#flush()
  }

  has(id: string): boolean {
    return this.#outbox.some(send => send.id === id)
  }

  async #load(): Promise<void> {
    const stored = (await this.#deps.storage?.all()) ?? []
    if (stored.length === 0) return
    this.#set(mergeSends(stored, this.#outbox))
    this.#flush()
  }

  #flush(): void {
    if (!this.#open || this.#userId === null) return
    for (const send of nextSends(this.#outbox, this.#userId)) {
      const flight = this.#flight(send.id)
      if (flight.out) continue
      flight.out = true
      flight.tries++
      this.#retryIn(send.id, flight, this.#deps.timings.resendMs)
      this.#deps.transmit(frameOf(send))
    }
  }

  #retryIn(id: string, flight: Flight, delayMs: number): void {
    clearTimeout(flight.timer)
    flight.timer = setTimeout(() => {
      if (this.#flights.get(id) !== flight) return
      flight.out = false
      this.#flush()
    }, delayMs)
  }

  #flight(id: string): Flight {
    const flight = this.#flights.get(id) ?? { tries: 0, out: false, strikes: 0 }
    this.#flights.set(id, flight)
    return flight
  }

  #set(outbox: Outbox): void {
    this.#outbox = outbox
    this.#deps.changed(outbox)
  }

  #keep(id: string): void {
    const send = this.#outbox.find(pending => pending.id === id)
    if (send) void this.#deps.storage?.put(send)
  }

  #forget(id: string): void {
    clearTimeout(this.#flights.get(id)?.timer)
    this.#flights.delete(id)
    void this.#deps.storage?.remove(id)
  }
}

function frameOf(send: PendingSend): ClientFrame {
  if (send.kind === 'regenerate') return { type: 'regenerate', id: send.id, messageId: send.messageId ?? '' }
  return {
    type: 'send',
    id: send.id,
    text: send.text,
    ...(send.conversationId ? { conversationId: send.conversationId } : {}),
    ...(send.characterId ? { characterId: send.characterId } : {}),
    ...(send.parentId ? { parentId: send.parentId } : {}),
    ...(send.private ? { private: true } : {}),
    ...(send.attachments ? { attachments: send.attachments } : {}),
  }
}
