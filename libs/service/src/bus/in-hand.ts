/** The work that a subscription has in hand, so that stopping can wait for it. */
export class InHand {
  #count = 0
  #idle: (() => void)[] = []

  get size(): number {
    return this.#count
  }

  /** Runs the work at once, then `after`. A rejection is the work's own matter: it must have dealt with it. */
  run(work: () => Promise<unknown>, after?: () => void): void {
    this.#count += 1
    void work()
      .catch(() => undefined)
      .finally(() => {
        this.#count -= 1
        after?.()
        if (this.#count === 0) for (const resolve of this.#idle.splice(0)) resolve()
      })
  }

  async idle(): Promise<void> {
    if (this.#count > 0) await new Promise<void>(resolve => this.#idle.push(resolve))
  }
}
