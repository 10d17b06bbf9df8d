import type { JetStreamManager } from '@nats-io/jetstream'
import type { Msg } from '@nats-io/nats-core'
import { InHand } from '../in-hand.ts'
import { nextTry, triesOf } from '../next-try.ts'
import { pause } from '../pause.ts'
import { neverFinished, reasonOf } from '../reason.ts'
import type { BusLog, EventHandler, EventMessage, ListenerOptions } from '../types.ts'
import { acknowledgement, parseDelivery } from './acknowledgement.ts'
import type { Link } from './connection.ts'
import { deadLetterOf } from './dead-letters.ts'
import { ensureConsumer, type WantedConsumer } from './ensure-consumer.ts'
import type { StreamPublisher } from './publisher.ts'
import { PullLoop } from './pull-loop.ts'
import { eventOf } from './wire-headers.ts'

const troubleMs = 250

export interface WorkerTools {
  link: Link
  manager: JetStreamManager
  publisher: StreamPublisher
  log: BusLog
  random: () => number
}

/** One listener in this process on one consumer: its own events, or what is sent again to it. */
export class ListenerWorker {
  readonly #tools: WorkerTools
  readonly #options: ListenerOptions
  readonly #handler: EventHandler
  readonly #consumer: WantedConsumer
  readonly #inHand = new InHand()
  /** By stream sequence: how to tell the server that it is still worked on. */
  readonly #working = new Map<number, () => void>()
  readonly #renewal: NodeJS.Timeout
  readonly #stopping = new AbortController()
  #loop: PullLoop | null = null

  constructor(options: ListenerOptions, handler: EventHandler, consumer: WantedConsumer, tools: WorkerTools) {
    this.#options = options
    this.#handler = handler
    this.#consumer = consumer
    this.#tools = tools
    this.#renewal = setInterval(
      () => {
        for (const renew of this.#working.values()) renew()
      },
      Math.max(50, options.ackWaitMs / 3),
    )
    this.#renewal.unref()
  }

  /** Rejects when the consumer cannot be made. */
  async start(): Promise<void> {
    await ensureConsumer(this.#tools.manager, this.#consumer)
    this.#loop = new PullLoop({
      connection: this.#tools.link.connection,
      inbox: this.#tools.link.newInbox(),
      stream: this.#consumer.stream,
      consumer: this.#consumer.name,
      concurrency: this.#options.concurrency,
      onMessage: (message, done) => this.#inHand.run(() => this.#receive(message), done),
      onTrouble: description => {
        this.#tools.log.warn({ listener: this.#options.listener, description }, 'bus: the consumer does not deliver')
        void this.recover()
      },
    })
  }

  /** Makes the consumer again if the server has lost it, and goes on. */
  async recover(): Promise<void> {
    for (;;) {
      await pause(troubleMs, this.#stopping.signal)
      if (this.#stopping.signal.aborted) return
      if (!this.#tools.link.connected) return
      try {
        await ensureConsumer(this.#tools.manager, this.#consumer)
        this.#loop?.resume()
        return
      } catch (error) {
        this.#tools.log.warn({ listener: this.#options.listener, reason: reasonOf(error) }, 'bus: no consumer yet')
      }
    }
  }

  async stop(): Promise<void> {
    this.#stopping.abort()
    await this.#loop?.stop()
    await this.#inHand.idle()
    clearInterval(this.#renewal)
  }

  async #receive(message: Msg): Promise<void> {
    const info = parseDelivery(message.reply)
    // After its holder died, nats-server 2.9 delivers a message twice in one go: counted on, and as if it were new.
    if (!info || this.#working.has(info.streamSequence)) return
    const event = eventOf(message.subject, message.headers, message.string())
    const reply = acknowledgement(this.#tools.link.connection, message)
    this.#working.set(info.streamSequence, reply.stillWorking)
    try {
      const tries = triesOf(this.#options.backoffMs)
      if (info.attempt > tries) {
        await this.#bury(message, event, tries, neverFinished, reply)
        return
      }
      try {
        await this.#handler({ message: event, attempt: info.attempt })
      } catch (error) {
        await this.#failed(message, event, info.attempt, error, reply)
        return
      }
      reply.handled()
    } finally {
      this.#working.delete(info.streamSequence)
    }
  }

  async #failed(message: Msg, event: EventMessage, attempt: number, error: unknown, reply: Reply): Promise<void> {
    const reason = reasonOf(error)
    const next = nextTry(attempt, this.#options.backoffMs, this.#tools.random, error)
    if (next.dead) {
      await this.#bury(message, event, attempt, reason, reply)
      return
    }
    const fields = { listener: this.#options.listener, eventId: event.id, attempt, retryMs: next.delayMs, reason }
    this.#tools.log.warn(fields, 'bus: delivery failed, will be tried again')
    reply.retryAfter(next.delayMs)
  }

  async #bury(message: Msg, event: EventMessage, attempts: number, reason: string, reply: Reply): Promise<void> {
    const { listener } = this.#options
    const sequence = parseDelivery(message.reply)?.streamSequence ?? 0
    const id = `dead.${this.#consumer.stream}.${sequence}.${listener}`
    try {
      await this.#tools.publisher.store(deadLetterOf(id, listener, event, attempts, reason))
    } catch (error) {
      this.#tools.log.error(
        { listener, eventId: event.id, reason: reasonOf(error) },
        'bus: no dead letter could be stored',
      )
      reply.retryAfter(1_000)
      return
    }
    reply.handled()
    this.#tools.log.error({ listener, eventId: event.id, attempts, reason }, 'bus: delivery became a dead letter')
  }
}

type Reply = ReturnType<typeof acknowledgement>
