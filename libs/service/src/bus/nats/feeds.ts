import type { NatsConnection } from '@nats-io/nats-core'
import { checkAddress, checkPayload } from '../check-message.ts'
import { reasonOf } from '../reason.ts'
import type { BusLog, FeedAddress, FeedHandler, Subscription } from '../types.ts'
import type { Link } from './connection.ts'

/** Bytes of frames held back while there is no connection; over it frames are dropped, as a watcher sees by their numbers. */
const heldBytes = 4 * 1024 * 1024
const flushWaitMs = 10_000

/** Feeds as plain publish and subscribe on `<feed name>.<key>`. */
export class NatsFeeds {
  readonly #link: Link
  readonly #log: BusLog
  #held: { subject: string; data: string }[] = []
  #bytes = 0
  #open = true

  constructor(link: Link, log: BusLog) {
    this.#link = link
    this.#log = log
  }

  emit(address: FeedAddress, data: string): void {
    checkAddress(address)
    checkPayload(`A frame of ${address.name}`, data, {})
    const subject = feedSubject(address)
    if (this.#open && this.#link.connected) {
      this.#link.connection.publish(subject, data)
      return
    }
    this.#open = false
    this.#bytes += data.length
    if (this.#bytes <= heldBytes) this.#held.push({ subject, data })
  }

  /** Sends what was held back; to be called once the connection and the streams are there again. */
  release(): void {
    if (this.#bytes > heldBytes) this.#log.warn({}, 'bus: frames were dropped while there was no connection')
    for (const { subject, data } of this.#held.splice(0)) this.#link.connection.publish(subject, data)
    this.#bytes = 0
    this.#open = true
  }

  async subscribe(address: FeedAddress, handler: FeedHandler): Promise<Subscription> {
    checkAddress(address, true)
    const { connection } = this.#link
    const subscription = connection.subscribe(feedSubject(address), {
      callback: (error, message) => {
        if (error) return
        try {
          handler(message.string(), message.subject.slice(message.subject.lastIndexOf('.') + 1))
        } catch (failure) {
          this.#log.error({ feed: address.name, reason: reasonOf(failure) }, 'bus: a watcher of a feed failed')
        }
      },
    })
    await this.#flush(connection)
    return {
      stop: async () => {
        if (subscription.isClosed() || connection.isClosed()) return
        if (this.#link.connected) await subscription.drain().catch(() => undefined)
        else subscription.unsubscribe()
      },
    }
  }

  /** After the answer the server knows every subscription made before. */
  async #flush(connection: NatsConnection): Promise<void> {
    const deadline = performance.now() + flushWaitMs
    for (;;) {
      try {
        return await connection.flush()
      } catch (error) {
        const left = deadline - performance.now()
        if (left <= 0 || connection.isClosed()) throw error
        await this.#link.whenConnected(left)
      }
    }
  }
}

export const feedSubject = (address: FeedAddress): string => `${address.name}.${address.key}`
