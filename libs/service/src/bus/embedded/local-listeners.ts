import type { ListenerWorker } from './listener-worker.ts'

/** The listeners of this process, so that a publisher hands new deliveries straight to them. */
export class LocalListeners {
  readonly #byEvent = new Map<string, Map<string, ListenerWorker[]>>()

  add(worker: ListenerWorker): void {
    const listeners = this.#byEvent.get(worker.event) ?? new Map<string, ListenerWorker[]>()
    this.#byEvent.set(worker.event, listeners)
    listeners.set(worker.listener, [...(listeners.get(worker.listener) ?? []), worker])
  }

  remove(worker: ListenerWorker): void {
    const listeners = this.#byEvent.get(worker.event)
    const left = (listeners?.get(worker.listener) ?? []).filter(other => other !== worker)
    if (left.length > 0) listeners?.set(worker.listener, left)
    else listeners?.delete(worker.listener)
  }

  all(): ListenerWorker[] {
    return [...this.#byEvent.values()].flatMap(listeners => [...listeners.values()].flat())
  }

  of(listener: string): ListenerWorker[] {
    return this.all().filter(worker => worker.listener === listener)
  }

  /** Reserves a free hand of each listener of the event. `missed`: those without one, to be woken once it is stored. */
  reserve(event: string): { reserved: ListenerWorker[]; missed: ListenerWorker[] } {
    const reserved: ListenerWorker[] = []
    const missed: ListenerWorker[] = []
    for (const workers of this.#byEvent.get(event)?.values() ?? []) {
      const freest = workers.reduce((best, worker) => (worker.free > best.free ? worker : best))
      if (freest.reserve()) reserved.push(freest)
      else missed.push(...workers)
    }
    return { reserved, missed }
  }
}
