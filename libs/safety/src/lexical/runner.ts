import type { Reading } from './characters.ts'
import type { Table, Threads } from './table.ts'

/** A rule matched from `start` up to `end`. */
export type OnMatch = (rule: number, start: number, end: number) => void

const nothing: number[] = []

/** Runs a table over one text. What it finds depends on the characters alone, not on how they arrive. */
export class Runner {
  readonly #table: Table
  readonly #onMatch: OnMatch
  #threads: Threads
  #starts: number[] = nothing
  #end = 0

  constructor(table: Table, onMatch: OnMatch) {
    this.#table = table
    this.#onMatch = onMatch
    this.#threads = table.none
  }

  /** @param border whether a word may begin here: nothing, or no letter, stands before */
  push(reading: Reading, start: number, end: number, border: boolean): void {
    if (!reading.isLetter) this.#report()
    const { to, from, instant } = this.#table.move(this.#threads, reading, border)
    if (from.length === 0) this.#starts = nothing
    else {
      const starts = this.#starts
      this.#starts = from.map(group => (group < 0 ? start : (starts[group] as number)))
    }
    this.#threads = to
    this.#end = end
    for (const [rule, group] of instant) this.#onMatch(rule, this.#starts[group] as number, end)
  }

  /** The text, or the run of text, ends here. */
  finish(): void {
    this.#report()
    this.#threads = this.#table.none
    this.#starts = nothing
  }

  /** Where the oldest match that may still come begins, of the rules that count; `fallback` when none may. */
  earliest(fallback: number, counts: Uint8Array): number {
    const group = this.#table.firstHeld(this.#threads, counts)
    return group < 0 ? fallback : (this.#starts[group] as number)
  }

  #report(): void {
    for (const [rule, group] of this.#threads.ending) this.#onMatch(rule, this.#starts[group] as number, this.#end)
  }
}
