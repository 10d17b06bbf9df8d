/** One value that changes, in the form that `useSyncExternalStore` reads. */
export class Value<Held> {
  readonly #listeners = new Set<() => void>()
  #now: Held

  constructor(now: Held) {
    this.#now = now
  }

  get now(): Held {
    return this.#now
  }

  readonly set = (next: Held): void => {
    if (Object.is(next, this.#now)) return
    this.#now = next
    for (const listener of this.#listeners) listener()
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }
}
