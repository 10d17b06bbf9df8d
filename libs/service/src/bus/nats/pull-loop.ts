import { type Msg, type NatsConnection, nanos, type Subscription } from '@nats-io/nats-core'

/** Milliseconds that a pull stays open at the server when nothing comes; then it is asked again. */
const expiresMs = 30_000
/** Milliseconds after which a pull that the server forgot is given up here. */
const graceMs = 3_000

export interface PullLoopOptions {
  connection: NatsConnection
  /** Where its messages come to. */
  inbox: string
  stream: string
  consumer: string
  /** Messages at once, asked for and in hand. */
  concurrency: number
  /** Must call `done` once the message is out of hand. */
  onMessage: (message: Msg, done: () => void) => void
  /** The consumer is gone or cannot serve now; call `resume` when it is there again. */
  onTrouble: (description: string) => void
}

interface Pull {
  left: number
  timer: NodeJS.Timeout
}

/**
 * Asks a pull consumer for exactly as many messages as there are free hands (ADR-13 of nats-architecture-and-design), so
 * that none waits here with its acknowledgement running out while another replica is idle.
 */
export class PullLoop {
  readonly #options: PullLoopOptions
  readonly #inbox: string
  readonly #subscription: Subscription
  readonly #pulls = new Map<string, Pull>()
  #serial = 0
  #inHand = 0
  #state: 'running' | 'troubled' | 'stopped' = 'running'

  constructor(options: PullLoopOptions) {
    this.#options = options
    this.#inbox = options.inbox
    this.#subscription = options.connection.subscribe(`${this.#inbox}.*`, {
      callback: (error, message) => {
        if (!error) this.#receive(message)
      },
    })
    this.#pull()
  }

  /** Forgets what was asked of a server that may no longer know it, and asks again. */
  resume(): void {
    if (this.#state === 'stopped') return
    this.#state = 'running'
    this.#forgetAll()
    this.#pull()
  }

  /** Takes in what is already on its way, and no more. */
  async stop(): Promise<void> {
    this.#state = 'stopped'
    this.#forgetAll()
    if (!this.#options.connection.isClosed() && !this.#subscription.isClosed()) {
      await this.#subscription.drain().catch(() => undefined)
    }
  }

  #receive(message: Msg): void {
    const code = message.headers?.code ?? 0
    if (message.subject.startsWith(this.#inbox) && code > 0) {
      this.#status(message, code)
      return
    }
    this.#countDown()
    this.#inHand += 1
    this.#options.onMessage(message, () => {
      this.#inHand -= 1
      this.#pull()
    })
    this.#pull()
  }

  #status(message: Msg, code: number): void {
    if (code < 400) return
    this.#forget(message.subject)
    const description = message.headers?.description ?? ''
    // 408: the pull is over in good order; 404: nothing there.
    if (code === 408 || code === 404) this.#pull()
    else if (this.#state === 'running') {
      this.#state = 'troubled'
      this.#options.onTrouble(`${code} ${description}`)
    }
  }

  #pull(): void {
    if (this.#state !== 'running') return
    const { connection, stream, consumer, concurrency } = this.#options
    let asked = 0
    for (const pull of this.#pulls.values()) asked += pull.left
    const free = concurrency - this.#inHand - asked
    if (free <= 0 || asked > concurrency / 2) return
    const reply = `${this.#inbox}.${++this.#serial}`
    const timer = setTimeout(() => {
      this.#forget(reply)
      this.#pull()
    }, expiresMs + graceMs)
    timer.unref()
    this.#pulls.set(reply, { left: free, timer })
    const request = JSON.stringify({ batch: free, expires: nanos(expiresMs) })
    connection.publish(`$JS.API.CONSUMER.MSG.NEXT.${stream}.${consumer}`, request, { reply })
  }

  /** A message does not tell its pull; the server serves the oldest first. */
  #countDown(): void {
    for (const [reply, pull] of this.#pulls) {
      pull.left -= 1
      if (pull.left === 0) this.#forget(reply)
      return
    }
  }

  #forget(reply: string): void {
    clearTimeout(this.#pulls.get(reply)?.timer)
    this.#pulls.delete(reply)
  }

  #forgetAll(): void {
    for (const reply of this.#pulls.keys()) this.#forget(reply)
  }
}
