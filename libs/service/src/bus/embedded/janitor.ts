import { pause } from '../pause.ts'
import type { BusLog } from '../types.ts'
import type { Database } from './database.ts'
import type { LocalListeners } from './local-listeners.ts'
import { adoptWaiting } from './registry.ts'
import { dropLeasesOfTheDead, findDue, removeHusks } from './statements.ts'

export interface JanitorOptions {
  database: Database
  local: LocalListeners
  /** Events that wait for their first listener. */
  purged: ReadonlySet<string>
  log: BusLog
  /** Milliseconds between looks for what nobody was told of: late starts, dead holders, other processes' events. */
  pollMs: number
  /** How long the id of a handled event is remembered, in milliseconds. */
  rememberMs: number
}

const husksAtOnce = 5_000
const roundsBetweenSweeps = 60

/** The safety net: wakes listeners that have something due, frees what the dead held, removes husks. */
export class Janitor {
  readonly #options: JanitorOptions
  readonly #closing = new AbortController()
  readonly #running: Promise<void>

  constructor(options: JanitorOptions) {
    this.#options = options
    this.#running = this.#run()
  }

  async close(): Promise<void> {
    this.#closing.abort()
    await this.#running
  }

  async #run(): Promise<void> {
    for (let round = 0; !this.#closing.signal.aborted; round += 1) {
      try {
        await this.look()
        if (round % roundsBetweenSweeps === 0) await this.#sweep()
      } catch (error) {
        const err = error instanceof Error ? error.message : typeof error
        if (!this.#closing.signal.aborted) this.#options.log.warn({ err }, 'bus: could not look for due deliveries')
      }
      await pause(this.#options.pollMs, this.#closing.signal)
    }
  }

  async look(): Promise<void> {
    const { database, local } = this.#options
    await database.runRelaxed(dropLeasesOfTheDead, [])
    const listeners = [...new Set(local.all().map(worker => worker.listener))]
    if (listeners.length === 0) return
    const due = await database.runRelaxed<{ listener: string }>(findDue, [[...listeners, '']])
    for (const { listener } of due) {
      if (listener === '') await this.#adopt()
      for (const worker of local.of(listener)) worker.wake()
    }
  }

  /** An event may have been published while its first listener was being registered. */
  async #adopt(): Promise<void> {
    const { database, local, purged } = this.#options
    for (const worker of local.all()) {
      if (!purged.has(worker.event)) continue
      await adoptWaiting(database, worker.listener, worker.event)
      worker.wake()
    }
  }

  async #sweep(): Promise<void> {
    const { database, rememberMs } = this.#options
    await database.runRelaxed(removeHusks, [rememberMs, husksAtOnce])
  }
}
