export interface BatcherOptions<T> {
  /** Handles a batch; a rejection is given to everyone in it. */
  run: (items: readonly T[]) => Promise<void>
  /** Batches under way at once. */
  lanes: number
  maximumItems: number
  /** A batch is also closed once its items weigh this much. */
  maximumWeight?: number
  weigh?: (item: T) => number
}

/** Group commit: while a batch is under way the next one gathers, so nobody waits for company and nobody commits alone. */
export class Batcher<T> {
  readonly #options: BatcherOptions<T>
  #waiting: { item: T; resolve: () => void; reject: (error: unknown) => void }[] = []
  #running = 0
  #idle: (() => void)[] = []

  constructor(options: BatcherOptions<T>) {
    this.#options = options
  }

  add(item: T): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ item, resolve, reject })
      // One microtask later, so that what is published in one go travels in one batch.
      if (this.#waiting.length === 1) queueMicrotask(() => this.#start())
    })
  }

  /** Resolves when nothing waits and nothing is under way. */
  async idle(): Promise<void> {
    if (this.#running > 0 || this.#waiting.length > 0) await new Promise<void>(resolve => this.#idle.push(resolve))
  }

  #start(): void {
    while (this.#running < this.#options.lanes && this.#waiting.length > 0) {
      const batch = this.#take()
      this.#running += 1
      this.#options
        .run(batch.map(entry => entry.item))
        .then(
          () => batch.forEach(entry => entry.resolve()),
          (error: unknown) => batch.forEach(entry => entry.reject(error)),
        )
        .finally(() => {
          this.#running -= 1
          this.#start()
        })
    }
    if (this.#running === 0) for (const resolve of this.#idle.splice(0)) resolve()
  }

  #take() {
    const { maximumItems, maximumWeight = Number.POSITIVE_INFINITY, weigh = () => 0 } = this.#options
    let count = 0
    let weight = 0
    while (count < this.#waiting.length && count < maximumItems) {
      weight += weigh(this.#waiting[count]!.item)
      if (count > 0 && weight > maximumWeight) break
      count += 1
    }
    return this.#waiting.splice(0, count)
  }
}
