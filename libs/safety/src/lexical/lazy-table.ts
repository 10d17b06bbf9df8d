import { AutomatonBuilder } from './automaton.ts'
import type { Gaps } from './pattern.ts'
import { Table } from './table.ts'

/** A table that is built when it is first needed, or before that in steps. */
export class LazyTable {
  readonly #patterns: readonly string[]
  #next = 0
  #builder: AutomatonBuilder | null
  #table: Table | null = null

  constructor(patterns: readonly string[], gaps: Gaps) {
    this.#patterns = patterns
    this.#builder = new AutomatonBuilder(gaps)
  }

  /** Does the rest of the work, if any is left. @throws Error for a malformed pattern */
  get(): Table {
    while (!this.#table) this.step()
    return this.#table
  }

  /** Builds one rule more (some 0.5 ms). @returns whether the table is there */
  step(): boolean {
    const pattern = this.#patterns[this.#next]
    this.#next += 1
    if (pattern !== undefined) this.#builder?.add(pattern)
    else if (this.#builder) {
      this.#table = new Table(this.#builder.finish())
      this.#builder = null
    }
    return this.#table !== null
  }
}
