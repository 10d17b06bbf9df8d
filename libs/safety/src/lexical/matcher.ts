import { type Reading, readings } from './characters.ts'
import { LazyTable } from './lazy-table.ts'
import { type OnMatch, Runner } from './runner.ts'

interface Spelled {
  reading: Reading
  start: number
  end: number
}

/** Letters that stand alone are read as one word from the third on: `d i e`, `s.u.i.c.i.d.e`. */
const spelledFrom = 3
/** Inside a spelled-out run the borders of words are lost: shorter matches count only when they are the whole run. */
const spelledLetters = 6

export interface Tables {
  readonly words: LazyTable
  /** Where words may touch: needed at the first run of single letters. */
  readonly spelled: LazyTable
}

/**
 * Finds the rules of a set in a text that arrives in pieces of any size, spelled-out words included. A match is
 * told once it is certain, which for a word is one character after it.
 */
export class Matcher {
  readonly #words: Runner
  readonly #tables: Tables
  #spelled: Runner | null = null
  readonly #onMatch: OnMatch
  #offset = 0
  #pendingHigh = 0
  #lettersBefore = 0
  #last: Spelled | null = null
  #marksBefore = 0
  #run: Spelled[] = []

  constructor(tables: Tables, onMatch: OnMatch) {
    this.#onMatch = onMatch
    this.#words = new Runner(tables.words.get(), onMatch)
    this.#tables = tables
  }

  push(text: string): void {
    for (let index = 0; index < text.length; index += 1) {
      const unit = text.charCodeAt(index)
      if (this.#pendingHigh) {
        const high = this.#pendingHigh
        this.#pendingHigh = 0
        if (unit >= 0xdc00 && unit < 0xe000) {
          this.#character(((high - 0xd800) << 10) + (unit - 0xdc00) + 0x10000, 2)
          continue
        }
        this.#character(0xfffd, 1)
      }
      if (unit >= 0xd800 && unit < 0xdc00) this.#pendingHigh = unit
      else this.#character(unit, 1)
    }
  }

  /** The text ends here. */
  finish(): void {
    if (this.#pendingHigh) this.#character(0xfffd, 1)
    this.#pendingHigh = 0
    this.#words.finish()
    this.#endOfWord()
    this.#endOfRun()
  }

  /** Offset before which no match can begin any more. @param counts 1 for each rule that is looked at */
  settled(counts: Uint8Array): number {
    const seen = this.#words.earliest(this.#offset, counts)
    if (this.#run.length < spelledFrom - 1) return seen
    return Math.min(seen, this.#run[0]?.start ?? seen)
  }

  #character(codePoint: number, length: number): void {
    const start = this.#offset
    const end = start + length
    this.#offset = end
    for (const reading of readings(codePoint)) {
      this.#words.push(reading, start, end, this.#lettersBefore === 0)
      if (reading.isLetter) {
        this.#lettersBefore += 1
        this.#last = { reading, start, end }
      } else this.#notLetter()
    }
  }

  #notLetter(): void {
    if (this.#lettersBefore > 0) this.#endOfWord()
    this.#marksBefore += 1
    if (this.#marksBefore > 3) this.#endOfRun()
  }

  #endOfWord(): void {
    const letters = this.#lettersBefore
    this.#lettersBefore = 0
    if (letters === 0) return
    this.#marksBefore = 0
    if (letters > 1 || !this.#last) return this.#endOfRun()
    this.#run.push(this.#last)
    if (this.#run.length < spelledFrom) return
    const spelled = (this.#spelled ??= new Runner(this.#tables.spelled.get(), (rule, from, to) =>
      this.#foundSpelled(rule, from, to),
    ))
    const from = this.#run.length === spelledFrom ? 0 : this.#run.length - 1
    this.#run.slice(from).forEach(({ reading }, index) => {
      spelled.push(reading, from + index, from + index + 1, true)
    })
  }

  #endOfRun(): void {
    if (this.#run.length >= spelledFrom) this.#spelled?.finish()
    this.#run = []
  }

  /** Here places are counted in letters of the run. */
  #foundSpelled(rule: number, from: number, to: number): void {
    const letters = to - from
    if (letters < spelledLetters && letters !== this.#run.length) return
    this.#onMatch(rule, this.#run[from]?.start ?? 0, this.#run[to - 1]?.end ?? 0)
  }
}

export interface Rule {
  /** `<language or class>/<name>`, stable: it is stored in verdicts. */
  readonly id: string
  readonly pattern: string
}

export interface Match<R extends Rule> {
  rule: R
  start: number
  end: number
}

export interface RuleSet<R extends Rule> {
  readonly rules: readonly R[]
  readonly tables: Tables
  /** Every rule that matches, once for each place where it begins, at its longest; in order of place. */
  find(text: string): Match<R>[]
}

/** The tables are built when they are first needed. @throws Error when an id occurs twice */
export function ruleSet<const R extends Rule>(rules: readonly R[]): RuleSet<R> {
  const ids = new Set<string>()
  for (const { id } of rules) {
    if (ids.has(id)) throw new Error(`Two rules have the id "${id}".`)
    ids.add(id)
  }
  const patterns = rules.map(rule => rule.pattern)
  const tables: Tables = { words: new LazyTable(patterns, 'written'), spelled: new LazyTable(patterns, 'lost') }
  return {
    rules,
    tables,
    find(text) {
      const found = new Map<string, Match<R>>()
      const matcher = new Matcher(tables, (rule, start, end) => {
        const known = found.get(`${rule}:${start}`)
        if (known) known.end = Math.max(known.end, end)
        else found.set(`${rule}:${start}`, { rule: rules[rule] as R, start, end })
      })
      matcher.push(text)
      matcher.finish()
      return [...found.values()].toSorted((a, b) => a.start - b.start || b.end - a.end)
    },
  }
}
