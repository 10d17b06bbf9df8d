import { InHand } from '../in-hand.ts'
import { triesOf } from '../next-try.ts'
import { neverFinished } from '../reason.ts'
import type { BusLog, EventHandler, ListenerOptions } from '../types.ts'
import type { Database } from './database.ts'
import { type Lease, leaseOf, type TakenRow } from './lease.ts'
import type { Settler } from './settler.ts'
import { renewLeases, takeDue } from './statements.ts'

/** One listener in this process: takes what is due while it has a free hand, keeps leases fresh, settles the outcome. */
export class ListenerWorker {
  readonly listener: string
  readonly event: string
  readonly #options: ListenerOptions
  readonly #handler: EventHandler
  readonly #database: Database
  readonly #settler: Settler
  readonly #log: BusLog
  readonly #inHand = new InHand()
  readonly #leases = new Map<Lease, number>()
  readonly #renewal: NodeJS.Timeout
  readonly #retries = new Set<NodeJS.Timeout>()
  #reserved = 0
  #waiting = true
  #taking: Promise<void> | null = null
  #stopped = false
  #unreserved: (() => void) | null = null

  constructor(
    options: ListenerOptions,
    handler: EventHandler,
    tools: { database: Database; settler: Settler; log: BusLog },
  ) {
    this.listener = options.listener
    this.event = options.event
    this.#options = options
    this.#handler = handler
    this.#database = tools.database
    this.#settler = tools.settler
    this.#log = tools.log
    this.#renewal = setInterval(() => void this.#renew(), Math.max(50, options.ackWaitMs / 3))
    this.#renewal.unref()
  }

  get leaseMs(): number {
    return this.#options.ackWaitMs
  }

  get free(): number {
    return this.#stopped ? 0 : this.#options.concurrency - this.#inHand.size - this.#reserved
  }

  reserve(): boolean {
    if (this.free <= 0) return false
    this.#reserved += 1
    return true
  }

  /** Gives a reserved hand back, unused. */
  release(): void {
    this.#unreserve()
    if (this.#waiting) this.wake()
  }

  /** Puts a lease into a reserved hand. */
  accept(lease: Lease): void {
    this.#begin(lease)
    this.#unreserve()
  }

  /** Takes what is due, until nothing is or every hand is full. */
  wake(): void {
    this.#waiting = true
    if (this.#taking || this.#stopped) return
    this.#taking = this.#take().finally(() => {
      this.#taking = null
      if (this.#waiting && this.free > 0) this.wake()
    })
  }

  async stop(): Promise<void> {
    this.#stopped = true
    for (const timer of this.#retries) clearTimeout(timer)
    await this.#taking
    if (this.#reserved > 0) await new Promise<void>(resolve => (this.#unreserved = resolve))
    await this.#inHand.idle()
    clearInterval(this.#renewal)
  }

  async #take(): Promise<void> {
    while (this.#waiting && this.free > 0) {
      this.#waiting = false
      const hands = this.free
      this.#reserved += hands
      const alone = [...this.#leases.keys()].some(lease => lease.dropped) ? 0 : 1
      try {
        const rows = await this.#database.runRelaxed<TakenRow>(takeDue, [
          this.listener,
          hands,
          alone,
          this.#database.instance,
          this.leaseMs,
        ])
        if (rows.length > 0) this.#waiting = true
        for (const row of rows) this.#begin(leaseOf(row))
      } catch (error) {
        this.#log.warn({ listener: this.listener, err: messageOf(error) }, 'bus: could not take deliveries')
        return
      } finally {
        this.#reserved -= hands
      }
    }
  }

  #unreserve(): void {
    this.#reserved -= 1
    if (this.#reserved === 0) this.#unreserved?.()
  }

  #begin(lease: Lease): void {
    this.#leases.set(lease, performance.now())
    this.#inHand.run(
      () => this.#handle(lease),
      () => {
        this.#leases.delete(lease)
        if (this.#waiting || lease.dropped) this.wake()
      },
    )
  }

  async #handle(lease: Lease): Promise<void> {
    const settled = { seq: lease.seq, listener: this.listener, attempt: lease.attempt, eventId: lease.message.id }
    if (lease.attempt > triesOf(this.#options.backoffMs)) {
      await this.#settler.dead({ ...settled, reason: neverFinished, attempts: lease.attempt - 1 })
      return
    }
    try {
      await this.#handler({ message: lease.message, attempt: lease.attempt })
    } catch (error) {
      const retryMs = await this.#settler.failed(settled, error, this.#options.backoffMs)
      if (retryMs !== null) this.#wakeAfter(retryMs)
      return
    }
    this.#settler.handled(settled)
  }

  #wakeAfter(milliseconds: number): void {
    if (this.#stopped) return
    const timer = setTimeout(() => {
      this.#retries.delete(timer)
      this.wake()
    }, milliseconds + 1)
    timer.unref()
    this.#retries.add(timer)
  }

  async #renew(): Promise<void> {
    const now = performance.now()
    const aging = [...this.#leases].filter(([, since]) => now - since >= this.leaseMs / 4)
    if (aging.length === 0) return
    try {
      const seqs = aging.map(([lease]) => lease.seq)
      await this.#database.runRelaxed(renewLeases, [seqs, this.listener, this.#database.instance, this.leaseMs])
      for (const [lease] of aging) if (this.#leases.has(lease)) this.#leases.set(lease, now)
    } catch (error) {
      this.#log.warn({ listener: this.listener, err: messageOf(error) }, 'bus: could not renew leases')
    }
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : typeof error)
