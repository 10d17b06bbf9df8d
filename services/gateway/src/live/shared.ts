/** A resource that is opened for the first who needs it and closed behind the last. */
export interface Lease<T> {
  readonly value: T
  release(): void
}

interface Entry<T> {
  opening: Promise<{ value: T; close(): Promise<void> }>
  users: number
}

/** Resources by key, each open once however many use it at a time. */
export class SharedByKey<T> {
  readonly #entries = new Map<string, Entry<T>>()
  readonly #values = new Map<string, T>()
  readonly #open: (key: string) => Promise<{ value: T; close(): Promise<void> }>
  readonly #closing = new Set<Promise<void>>()

  constructor(open: (key: string) => Promise<{ value: T; close(): Promise<void> }>) {
    this.#open = open
  }

  async lease(key: string): Promise<Lease<T>> {
    const entry = this.#entries.get(key) ?? this.#start(key)
    entry.users += 1
    try {
      const { value } = await entry.opening
      let released = false
      return {
        value,
        release: () => {
          if (!released) this.#leave(key, entry)
          released = true
        },
      }
    } catch (error) {
      this.#leave(key, entry)
      throw error
    }
  }

  /** What is open now. */
  get(key: string): T | undefined {
    return this.#values.get(key)
  }

  values(): Iterable<T> {
    return this.#values.values()
  }

  /** Waits until what was let go is closed. */
  async settled(): Promise<void> {
    await Promise.all(this.#closing)
  }

  #start(key: string): Entry<T> {
    const entry: Entry<T> = { opening: this.#open(key), users: 0 }
    this.#entries.set(key, entry)
    entry.opening.then(
      ({ value }) => {
        if (this.#entries.get(key) === entry) this.#values.set(key, value)
      },
      () => {},
    )
    return entry
  }

  #leave(key: string, entry: Entry<T>): void {
    entry.users -= 1
    if (entry.users > 0 || this.#entries.get(key) !== entry) return
    this.#entries.delete(key)
    this.#values.delete(key)
    const closing = entry.opening
      .then(({ close }) => close())
      .catch(() => {})
      .finally(() => this.#closing.delete(closing))
    this.#closing.add(closing)
  }
}
