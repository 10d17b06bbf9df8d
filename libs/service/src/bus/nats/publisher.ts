import { LunaError } from '@luna/contracts'
import { JetStreamApiError, type JetStreamClient } from '@nats-io/jetstream'
import { pause } from '../pause.ts'
import type { EventMessage, Headers } from '../types.ts'
import type { Link } from './connection.ts'
import { eventSubject } from './subjects.ts'
import { eventHeaders, toWire } from './wire-headers.ts'

const attemptMs = 5_000
const retryMs = 50

export interface StoredMessage {
  subject: string
  /** The server stores a message of one id once within its window, so that a publish can be repeated. */
  id: string
  headers: Headers
  data: string | Uint8Array
}

/** Publishes to streams; a lost connection or server is waited for, with the same message id, until the deadline. */
export class StreamPublisher {
  readonly #link: Link
  readonly #client: JetStreamClient
  readonly #deadlineMs: number

  constructor(link: Link, client: JetStreamClient, deadlineMs: number) {
    this.#link = link
    this.#client = client
    this.#deadlineMs = deadlineMs
  }

  async publish(messages: readonly EventMessage[]): Promise<void> {
    await Promise.all(
      messages.map(message =>
        this.store({
          subject: eventSubject(message.name, message.personId),
          id: message.id,
          headers: { ...message.headers, ...eventHeaders(message) },
          data: message.data,
        }),
      ),
    )
  }

  /** Resolves once the stream has stored it. Rejects with `unavailable` when it has not within the deadline. */
  async store(message: StoredMessage): Promise<void> {
    const deadline = performance.now() + this.#deadlineMs
    for (;;) {
      const left = deadline - performance.now()
      const failure = left > 0 ? await this.#attempt(message, left) : 'no acknowledgement came'
      if (failure === null) return
      const rest = deadline - performance.now()
      if (rest <= retryMs || this.#link.connection.isClosed()) throw this.#unavailable(message, failure)
      if (this.#link.connected) await pause(retryMs)
      else await this.#link.whenConnected(rest)
    }
  }

  /** Null when stored, else why not; throws what will not pass by itself. */
  async #attempt(message: StoredMessage, left: number): Promise<string | null> {
    if (!this.#link.connected) return 'not connected'
    const loss = this.#link.nextLoss()
    try {
      const published = this.#client.publish(message.subject, message.data, {
        msgID: message.id,
        headers: toWire(message.headers),
        timeout: Math.max(1, Math.min(attemptMs, left)),
      })
      return (await Promise.race([published, loss.happened])) === 'lost' ? 'the connection was lost' : null
    } catch (error) {
      if (error instanceof JetStreamApiError && error.status < 500) throw error
      return error instanceof Error ? error.message : 'unknown fault'
    } finally {
      loss.forget()
    }
  }

  #unavailable(message: StoredMessage, failure: string): LunaError {
    return new LunaError(
      'unavailable',
      `The bus could not store ${message.id} within ${this.#deadlineMs} ms: ${failure}. Try again with the same id.`,
    )
  }
}
