import type { ModelEvent } from '../events.ts'

interface QueueOptions {
  /** Joins deltas that wait for the reader; the one that the reader waits for is never held back. */
  join: boolean
  /** The reader fell behind, or caught up. */
  onFull(): void
  onDrained(): void
  /** The reader left before the end. */
  onReturn(): void
}

const highWater = 256
const joinedCharacters = 2_048

/** One writer, one reader. Written by hand because an async generator costs more per token than parsing it. */
export class EventQueue implements AsyncIterableIterator<ModelEvent> {
  readonly #options: QueueOptions
  #items: ModelEvent[] = []
  #head = 0
  #full = false
  #over = false
  #error: unknown
  #waiting: { resolve(result: IteratorResult<ModelEvent>): void; reject(error: unknown): void } | undefined

  constructor(options: QueueOptions) {
    this.#options = options
  }

  push(event: ModelEvent): void {
    if (this.#over) return
    const waiting = this.#waiting
    if (waiting) {
      this.#waiting = undefined
      waiting.resolve({ value: event, done: false })
      return
    }
    if (this.#joins(event)) return
    this.#items.push(event)
    if (!this.#full && this.#items.length - this.#head >= highWater) {
      this.#full = true
      this.#options.onFull()
    }
  }

  end(): void {
    if (this.#over) return
    this.#over = true
    this.#waiting?.resolve({ value: undefined, done: true })
    this.#waiting = undefined
  }

  /** What is waiting is still read; then the error is thrown. */
  fail(error: unknown): void {
    if (this.#over) return
    this.#over = true
    if (this.#waiting) this.#waiting.reject(error)
    else this.#error = error
    this.#waiting = undefined
  }

  /** Drops what is waiting: a reader that cancels wants no more of it. */
  clear(): void {
    this.#items = []
    this.#head = 0
  }

  next(): Promise<IteratorResult<ModelEvent>> {
    if (this.#head < this.#items.length) return Promise.resolve({ value: this.#take(), done: false })
    if (this.#error !== undefined) {
      const error = this.#error
      this.#error = undefined
      return Promise.reject(error)
    }
    if (this.#over) return Promise.resolve({ value: undefined, done: true })
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject }
    })
  }

  return(): Promise<IteratorResult<ModelEvent>> {
    this.clear()
    this.#options.onReturn()
    this.end()
    return Promise.resolve({ value: undefined, done: true })
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  #joins(event: ModelEvent): boolean {
    if (!this.#options.join || event.type !== 'delta' || this.#head === this.#items.length) return false
    const last = this.#items.at(-1)
    if (last?.type !== 'delta' || last.text.length + event.text.length > joinedCharacters) return false
    last.text += event.text
    return true
  }

  #take(): ModelEvent {
    const event = this.#items[this.#head++]!
    if (this.#head === this.#items.length) {
      this.#items = []
      this.#head = 0
      if (this.#full) {
        this.#full = false
        this.#options.onDrained()
      }
    }
    return event
  }
}
