/** A typed event emitter: a listener that throws neither stops the others nor the emitter. */
export class Emitter<Events extends Record<string, unknown>> {
  readonly #listeners = new Map<keyof Events, Set<(value: never) => void>>()

  /** Calls `listener` for every `type`, until the returned function is called. */
  on<Type extends keyof Events>(type: Type, listener: (value: Events[Type]) => void): () => void {
    const listeners = this.#listeners.get(type) ?? new Set()
    this.#listeners.set(type, listeners)
    listeners.add(listener as (value: never) => void)
    return () => void listeners.delete(listener as (value: never) => void)
  }

  emit<Type extends keyof Events>(type: Type, value: Events[Type]): void {
    for (const listener of this.#listeners.get(type) ?? []) {
      try {
        listener(value as never)
      } catch (error) {
        queueMicrotask(() => {
          throw error
        })
      }
    }
  }
}
