import { LunaError } from '@luna/contracts'
import { Batcher } from '../batcher.ts'
import { pause } from '../pause.ts'
import type { BusLog, EventMessage } from '../types.ts'
import { type Database, mayPass } from './database.ts'
import type { ListenerWorker } from './listener-worker.ts'
import type { LocalListeners } from './local-listeners.ts'
import { storeEvents } from './statements.ts'

interface LeasedRow {
  seq: string
  listener: string
  id: string
}

export interface PublisherOptions {
  database: Database
  local: LocalListeners
  purged: ReadonlySet<string>
  log: BusLog
  /** Milliseconds after which a publish that the database does not take rejects as `unavailable`. */
  deadlineMs: number
}

/** Stores events in group commits and hands them to local listeners that have a free hand. */
export class Publisher {
  readonly #options: PublisherOptions
  readonly #batcher: Batcher<readonly EventMessage[]>

  constructor(options: PublisherOptions) {
    this.#options = options
    this.#batcher = new Batcher({
      run: groups => this.#store(groups.flat()),
      lanes: 2,
      maximumItems: 256,
      maximumWeight: 4 * 1024 * 1024,
      weigh: group => group.reduce((sum, message) => sum + message.data.length, 0),
    })
  }

  publish(messages: readonly EventMessage[]): Promise<void> {
    return messages.length === 0 ? Promise.resolve() : this.#batcher.add(messages)
  }

  idle(): Promise<void> {
    return this.#batcher.idle()
  }

  async #store(messages: readonly EventMessage[]): Promise<void> {
    const byId = new Map(messages.map(message => [message.id, message]))
    const deadline = performance.now() + this.#options.deadlineMs
    for (let waitMs = 20; ; waitMs = Math.min(waitMs * 2, 500)) {
      try {
        await this.#storeOnce(byId)
        return
      } catch (error) {
        if (!mayPass(error)) throw error
        if (performance.now() + waitMs > deadline) {
          throw new LunaError(
            'unavailable',
            `The bus could not store ${byId.size} event(s) within ${this.#options.deadlineMs} ms: its database does not answer. Try again with the same ids.`,
            { cause: error },
          )
        }
        await pause(waitMs)
      }
    }
  }

  async #storeOnce(byId: ReadonlyMap<string, EventMessage>): Promise<void> {
    const { database, local, purged } = this.#options
    const reserved: { id: string; worker: ListenerWorker }[] = []
    const missed = new Set<ListenerWorker>()
    for (const message of byId.values()) {
      const hands = local.reserve(message.name)
      for (const worker of hands.reserved) reserved.push({ id: message.id, worker })
      for (const worker of hands.missed) missed.add(worker)
    }
    const messages = [...byId.values()]
    let leased: Set<string> = new Set()
    const seqs = new Map<string, string>()
    try {
      const rows = await database.run<LeasedRow>(storeEvents, [
        messages.map(message => message.id),
        messages.map(message => message.name),
        messages.map(message => message.personId),
        messages.map(message => message.data),
        messages.map(message => JSON.stringify(message.headers)),
        messages.map(message => purged.has(message.name)),
        reserved.map(one => one.id),
        reserved.map(one => one.worker.listener),
        reserved.map(one => one.worker.leaseMs),
        database.instance,
      ])
      leased = new Set(rows.map(row => `${row.id} ${row.listener}`))
      for (const row of rows) seqs.set(row.id, row.seq)
    } finally {
      for (const { id, worker } of reserved) {
        if (leased.has(`${id} ${worker.listener}`)) {
          worker.accept({ seq: seqs.get(id)!, attempt: 1, message: byId.get(id)!, dropped: false })
        } else worker.release()
      }
      for (const worker of missed) worker.wake()
    }
  }
}
