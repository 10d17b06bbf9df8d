/** Turns pushes into an async iterator. Items pushed before they are read wait; `end` lets the reader finish them. */
export class FrameQueue<Item> implements AsyncIterableIterator<Item> {
  readonly #items: Item[] = []
  readonly #readers: ((result: IteratorResult<Item>) => void)[] = []
  readonly #onEnd: () => void
  #ended = false

  constructor(onEnd: () => void) {
    this.#onEnd = onEnd
  }

  push(item: Item): void {
    if (this.#ended) return
    const reader = this.#readers.shift()
    if (reader) reader({ done: false, value: item })
    else this.#items.push(item)
  }

  end(): void {
    if (this.#ended) return
    this.#ended = true
    this.#onEnd()
    for (const reader of this.#readers.splice(0)) reader({ done: true, value: undefined })
  }

  async next(): Promise<IteratorResult<Item>> {
    const item = this.#items.shift()
    if (item !== undefined) return { done: false, value: item }
    if (this.#ended) return { done: true, value: undefined }
    return new Promise(resolve => this.#readers.push(resolve))
  }

  async return(): Promise<IteratorResult<Item>> {
    this.#items.length = 0
    this.end()
    return { done: true, value: undefined }
  }

  [Symbol.asyncIterator](): this {
    return this
  }
}
