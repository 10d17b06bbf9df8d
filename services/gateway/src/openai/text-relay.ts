/**
 * Turns the text of a turn, which may begin anew or be withdrawn, into a stream that can only grow. A new attempt is
 * silent for as long as it repeats what is out already.
 */
export class TextRelay {
  /** What is out of the text that stands. */
  #sent = ''
  /** How much of it the present attempt has repeated. */
  #repeated = 0
  #filtered = false

  /** Whether text was withdrawn that is out: what follows is the substitute. */
  get filtered(): boolean {
    return this.#filtered
  }

  /** An attempt begins. */
  restart(): void {
    this.#repeated = 0
  }

  /** What to send for further text; null when it contradicts what is out. */
  add(text: string): string | null {
    const overlap = Math.min(text.length, this.#sent.length - this.#repeated)
    if (!this.#sent.startsWith(text.slice(0, overlap), this.#repeated)) return null
    this.#repeated += overlap
    const fresh = text.slice(overlap)
    this.#sent += fresh
    this.#repeated += fresh.length
    return fresh
  }

  /** All text so far is withdrawn. What is out cannot be taken back: a line is drawn under it. */
  withdraw(): string {
    const line = this.#sent === '' ? '' : '\n\n'
    this.#filtered ||= this.#sent !== ''
    this.#sent = ''
    this.#repeated = 0
    return line
  }

  /** What is missing of the text that stands in the end; null when it contradicts what is out. */
  whole(text: string): string | null {
    this.#repeated = 0
    return text.length < this.#sent.length ? null : this.add(text)
  }
}
