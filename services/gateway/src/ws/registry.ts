import type { Connection } from './connection.ts'
import type { Gate } from './gate.ts'

/** All sockets of a gateway, swept by one timer: a timer for each of ten thousand idle ones would cost more than they do. */
export class Registry {
  readonly #connections = new Set<Connection>()
  #timer: NodeJS.Timeout | undefined

  get size(): number {
    return this.#connections.size
  }

  add(connection: Connection): void {
    this.#connections.add(connection)
  }

  remove(connection: Connection): void {
    this.#connections.delete(connection)
  }

  start({ ctx, timings }: Pick<Gate, 'ctx' | 'timings'>): void {
    this.#timer = setInterval(() => {
      const [elapsed, now] = [ctx.clock.elapsed(), ctx.clock.now()]
      for (const connection of this.#connections) connection.sweep(elapsed, now)
    }, timings.sweepMs)
    this.#timer.unref()
  }

  /** Asks everybody to come back elsewhere. */
  drain(code: number, reason: string): void {
    clearInterval(this.#timer)
    for (const connection of this.#connections) connection.close(code, reason)
  }
}
