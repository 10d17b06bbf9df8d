import type { ServerFrame } from '@luna/contracts'

/** Subscribes that the server has not answered yet: a silence is asked again, so that no watcher waits for ever. */
export class Asked {
  readonly #timers = new Map<string, ReturnType<typeof setTimeout>>()
  readonly #afterMs: number
  readonly #again: (conversationId: string) => void

  constructor(afterMs: number, again: (conversationId: string) => void) {
    this.#afterMs = afterMs
    this.#again = again
  }

  ask(conversationId: string): void {
    this.answer(conversationId)
    this.#timers.set(
      conversationId,
      setTimeout(() => this.#again(conversationId), this.#afterMs),
    )
  }

  /** `subscribed`, a snapshot, or an error about the conversation. */
  hear(frame: ServerFrame): void {
    if (frame.type === 'subscribed' || frame.type === 'snapshot') this.answer(frame.conversationId)
    else if (frame.type === 'error' && frame.id !== undefined) this.answer(frame.id)
  }

  answer(conversationId: string): void {
    clearTimeout(this.#timers.get(conversationId))
    this.#timers.delete(conversationId)
  }

  clear(): void {
    for (const conversationId of this.#timers.keys()) this.answer(conversationId)
  }
}
