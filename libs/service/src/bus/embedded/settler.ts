import { Batcher } from '../batcher.ts'
import { nextTry } from '../next-try.ts'
import { pause } from '../pause.ts'
import { reasonOf } from '../reason.ts'
import type { BusLog } from '../types.ts'
import { type Database, mayPass, type Statement } from './database.ts'
import { settleDead, settleHandled, settleRetry } from './statements.ts'

interface Settled {
  seq: string
  listener: string
  attempt: number
  eventId: string
}

const handledBatch = 512

/** Writes down what became of deliveries. What the database cannot take now is tried again until it can or we close. */
export class Settler {
  readonly #database: Database
  readonly #log: BusLog
  readonly #random: () => number
  readonly #closing = new AbortController()
  readonly #handled = new Batcher<Settled>({
    run: batch => this.#keepTrying(settleHandled, [batch.map(one => one.seq), batch.map(one => one.listener)]),
    lanes: 1,
    maximumItems: handledBatch,
  })

  constructor(database: Database, log: BusLog, random: () => number) {
    this.#database = database
    this.#log = log
    this.#random = random
  }

  /** Returns at once; handled deliveries are deleted in batches. */
  handled(settled: Settled): void {
    this.#handled.add(settled).catch((error: unknown) => {
      this.#log.error(
        { listener: settled.listener, eventId: settled.eventId, err: reasonOf(error) },
        'bus: a handled delivery could not be marked and will come again',
      )
    })
  }

  /** Lets go of a failed delivery, or makes it a dead letter (null). Returns the milliseconds until its next try. */
  async failed(settled: Settled, error: unknown, backoffMs: readonly number[]): Promise<number | null> {
    const reason = reasonOf(error)
    const next = nextTry(settled.attempt, backoffMs, this.#random, error)
    if (next.dead) {
      await this.dead({ ...settled, reason, attempts: settled.attempt })
      return null
    }
    const { seq, listener, attempt, eventId } = settled
    this.#log.warn(
      { listener, eventId, attempt, retryMs: next.delayMs, reason },
      'bus: delivery failed, will be tried again',
    )
    await this.#keepTrying(settleRetry, [seq, listener, this.#database.instance, attempt, next.delayMs])
    return next.delayMs
  }

  async dead(settled: Settled & { reason: string; attempts: number }): Promise<void> {
    const { seq, listener, attempt, eventId, reason, attempts } = settled
    await this.#keepTrying(settleDead, [seq, listener, this.#database.instance, attempt, reason, attempts])
    this.#log.error({ listener, eventId, attempts, reason }, 'bus: delivery became a dead letter')
  }

  /** Waits for what is under way; what the database refuses from now on comes again at the next start. */
  async close(): Promise<void> {
    this.#closing.abort()
    await this.#handled.idle()
  }

  async #keepTrying(statement: Statement, values: readonly unknown[]): Promise<void> {
    for (let waitMs = 20; ; waitMs = Math.min(waitMs * 2, 1_000)) {
      try {
        await this.#database.runRelaxed(statement, values)
        return
      } catch (error) {
        if (!mayPass(error) || this.#closing.signal.aborted) throw error
        await pause(waitMs, this.#closing.signal)
      }
    }
  }
}
