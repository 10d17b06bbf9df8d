import { type ClientFrame, LunaError, type ServerFrame } from '@luna/contracts'
import { Emitter } from '../emitter.ts'
import type { Credentials } from '../http/credentials.ts'
import { uuidv7 } from '../uuid.ts'
import { Asked } from './asked.ts'
import { checkSend } from './check-send.ts'
import { type Accepted, Deliveries } from './deliveries.ts'
import { FrameQueue } from './frame-queue.ts'
import { isTurnEnd } from './frames.ts'
import { Link, type LinkState } from './link.ts'
import type { Outbox, PendingSend } from './outbox.ts'
import type { SendStorage } from './send-storage.ts'
import { Subscriptions } from './subscriptions.ts'
import type { Timings } from './timings.ts'
import type { SocketConstructor } from './transport.ts'

export interface ConnectionEvents extends Record<string, unknown> {
  state: LinkState
  /** Every frame of the server, in its order. */
  frame: ServerFrame
  /** One of this connection's own sends was accepted; comes before the frame itself. */
  accepted: { send: PendingSend; frame: Accepted }
  /** A send will not go through as it is; it has left the outbox. */
  refused: { send: PendingSend; error: LunaError }
  /** What is not accepted yet, in its order. */
  pending: Outbox
}

export interface ConnectionOptions {
  /** ws: or wss: address of the gateway's `/ws`. */
  url: string
  WebSocket: SocketConstructor
  credentials: Credentials
  storage: SendStorage | null
  client: { name: string; version: string } | undefined
  timings: Timings
}

export interface SendInput {
  text: string
  conversationId?: string
  /** The pending first send of a conversation that does not exist yet: this one follows it there. */
  follows?: string
  characterId?: string
  parentId?: string
  private?: boolean
  attachments?: { id: string }[]
}

/** A send under way: `accepted` resolves once it is stored, and rejects when it is refused. */
export interface Sending {
  id: string
  accepted: Promise<Accepted>
}

/**
 * The live side of Luna: one logical connection over as many sockets as it takes. What it watches is resumed behind the
 * last frame seen, and what is sent stays pending until it is accepted.
 */
export class Connection {
  readonly #events = new Emitter<ConnectionEvents>()
  readonly #subscriptions = new Subscriptions()
  readonly #asked: Asked
  readonly #deliveries: Deliveries
  readonly #link: Link
  readonly #cancels = new Set<string>()
  readonly #queues = new Set<FrameQueue<ServerFrame>>()

  readonly on = this.#events.on.bind(this.#events)

  constructor(options: ConnectionOptions) {
    this.#deliveries = new Deliveries({
      storage: options.storage,
      timings: options.timings,
      transmit: frame => this.#transmit(frame),
      changed: outbox => this.#events.emit('pending', outbox),
      refused: (send, error) => this.#events.emit('refused', { send, error }),
    })
    this.#asked = new Asked(options.timings.answerMs, id => this.#subscriptions.has(id) && this.resync(id))
    this.#link = new Link({
      ...options,
      onState: state => this.#events.emit('state', state),
      onReady: frame => this.#opened(frame.user.id),
      onFrame: frame => this.#take(frame),
      onDown: blamesFrame => {
        this.#asked.clear()
        this.#deliveries.closed(blamesFrame)
      },
    })
    void this.#deliveries.loaded.then(() => this.#link.start())
  }

  get state(): LinkState {
    return this.#link.state
  }

  get pending(): Outbox {
    return this.#deliveries.outbox
  }

  /** Watches a conversation until the returned function is called: a snapshot first, then its frames. */
  subscribe(conversationId: string): () => void {
    this.#transmit(this.#subscriptions.add(conversationId))
    let watching = true
    return () => {
      if (watching) this.#transmit(this.#subscriptions.release(conversationId))
      watching = false
    }
  }

  /** Asks for a fresh snapshot of a watched conversation. */
  resync(conversationId: string): void {
    this.#subscriptions.forgetCursor(conversationId)
    this.#transmit({ type: 'subscribe', conversationId })
  }

  /** Puts a message on its way. Throws `invalid` or `too-large` for what could never be accepted. */
  send(input: SendInput): Sending {
    const id = uuidv7()
    const { follows, ...rest } = input
    const before = follows === undefined ? undefined : this.pending.find(send => send.id === follows)
    const lane = rest.conversationId ?? before?.lane ?? id
    return this.#enqueue({ ...rest, id, kind: 'send', lane, createdAt: new Date().toISOString() })
  }

  /** Asks for another answer beside this one. */
  regenerate(messageId: string, conversationId: string): Sending {
    const id = uuidv7()
    const createdAt = new Date().toISOString()
    return this.#enqueue({
      id,
      kind: 'regenerate',
      lane: conversationId,
      conversationId,
      messageId,
      text: '',
      createdAt,
    })
  }

  /** Takes back a send that was not accepted yet; false when it is too late. */
  withdraw(id: string): boolean {
    const held = this.#deliveries.has(id)
    this.#deliveries.refuse(id, new LunaError('cancelled', 'The message was taken back before it was accepted.'))
    return held
  }

  /** Stops a turn: now, or as soon as there is a connection, unless it has ended by then. */
  cancel(turnId: string): void {
    this.#cancels.add(turnId)
    this.#transmit({ type: 'cancel', turnId })
  }

  /** Answers a proposed tool call. Throws `unavailable` while not connected: consent is given to what one sees. */
  approve(callId: string, decision: 'once' | 'always' | 'never' | 'deny'): void {
    if (this.state.name !== 'ready')
      throw new LunaError('unavailable', 'Not connected right now. Answer again shortly.')
    this.#transmit({ type: 'approve', callId, decision })
  }

  typing(conversationId: string): void {
    this.#transmit({ type: 'typing', conversationId })
  }

  /** The frames from now on, of one conversation or all; ends with the connection, the signal, or `break`. */
  frames(options: { conversationId?: string; signal?: AbortSignal } = {}): AsyncIterableIterator<ServerFrame> {
    const { conversationId, signal } = options
    const off = this.on('frame', frame => {
      const of = 'conversationId' in frame ? frame.conversationId : undefined
      if (conversationId === undefined || of === conversationId) queue.push(frame)
    })
    const end = (): void => queue.end()
    const queue = new FrameQueue<ServerFrame>(() => {
      off()
      signal?.removeEventListener('abort', end)
      this.#queues.delete(queue)
    })
    this.#queues.add(queue)
    if (signal?.aborted) queue.end()
    signal?.addEventListener('abort', end)
    return queue
  }

  /** Connects again after a sign-in, or at once instead of at the end of a pause. */
  wake(): void {
    this.#link.wake(true)
  }

  /** Ends the connection for good; pending sends stay in the storage. */
  close(): void {
    this.#link.close()
    for (const queue of this.#queues) queue.end()
    this.#asked.clear()
    this.#subscriptions.clear()
  }

  #enqueue(send: PendingSend): Sending {
    checkSend(send)
    return { id: send.id, accepted: this.#deliveries.add(send) }
  }

  #opened(userId: string): void {
    for (const frame of this.#subscriptions.resume()) this.#transmit(frame)
    for (const turnId of this.#cancels) this.#transmit({ type: 'cancel', turnId })
    this.#deliveries.opened(userId)
  }

  #take(frame: ServerFrame): void {
    this.#asked.hear(frame)
    this.#transmit(this.#subscriptions.note(frame))
    if (frame.type === 'accepted') this.#accepted(frame)
    else if (isTurnEnd(frame)) this.#cancels.delete(frame.turnId)
    else if (frame.type === 'error' && frame.id !== undefined) {
      this.#deliveries.failed(frame.id, LunaError.fromBody(frame.error))
      this.#cancels.delete(frame.id)
      if (!frame.error.retryable) this.#subscriptions.drop(frame.id)
    }
    this.#events.emit('frame', frame)
  }

  #accepted(frame: Accepted): void {
    const accepted = this.#deliveries.accept(frame)
    const made = accepted?.send.kind === 'send' && accepted.send.conversationId === undefined && !accepted.resent
    this.#subscriptions.adopt(frame.conversationId, frame.turnId, made)
    if (!accepted) return
    this.#events.emit('accepted', { send: accepted.send, frame })
    // Frames of the turn may have passed before this socket was subscribed.
    if (accepted.resent && !this.#subscriptions.hasCursor(frame.conversationId)) this.resync(frame.conversationId)
  }

  #transmit(frame: ClientFrame | null): void {
    if (!frame) return
    if (frame.type === 'subscribe' && this.state.name === 'ready') this.#asked.ask(frame.conversationId)
    if (frame.type === 'unsubscribe') this.#asked.answer(frame.conversationId)
    this.#link.transmit(frame)
  }
}
