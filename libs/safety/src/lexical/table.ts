import type { Automaton } from './automaton.ts'
import type { Reading } from './characters.ts'

/** A set of threads: groups of automaton states, each group begun at one place of the text, the oldest first. */
export interface Threads {
  readonly groups: readonly (readonly number[])[]
  /** Rules that end here if no letter follows, with their group. */
  readonly ending: readonly (readonly [rule: number, group: number])[]
  readonly moves: Map<number, Move>
  readonly firstHeld: WeakMap<Uint8Array, number>
}

export interface Move {
  readonly to: Threads
  /** For each group after the move, the group it comes from; -1 for one that begins here. */
  readonly from: readonly number[]
  /** Unspaced rules that match with this step, with their group after it. */
  readonly instant: readonly (readonly [rule: number, group: number])[]
}

const keptAtMost = 20_000

/**
 * Moves between sets of threads, each worked out once and then looked up: running the automaton costs one look-up a
 * character, whatever the number of rules, and where each match began stays exact. Kept sets are bounded; over the bound all are forgotten.
 */
export class Table {
  readonly #automaton: Automaton
  readonly #seen: Int32Array
  #known = new Map<string, Threads>()
  readonly #mentioned: ReadonlySet<number>
  readonly #reduced: Reading[] = []
  readonly #bySymbols = new Map<string, Reading>()
  #step = 0
  readonly none: Threads

  constructor(automaton: Automaton) {
    this.#automaton = automaton
    this.#mentioned = new Set(automaton.symbols)
    this.#seen = new Int32Array(automaton.symbols.length * 2)
    this.none = this.#intern([])
  }

  move(threads: Threads, read: Reading, border: boolean): Move {
    const reading = this.#reduced[read.id] ?? this.#reduce(read)
    const key = reading.id * 2 + (border ? 1 : 0)
    let move = threads.moves.get(key)
    if (!move) {
      move = this.#workOut(threads, reading, border)
      threads.moves.set(key, move)
    }
    return move
  }

  /** The oldest group with a rule that counts, or -1. @param counts 1 for each rule that does */
  firstHeld(threads: Threads, counts: Uint8Array): number {
    let first = threads.firstHeld.get(counts)
    if (first === undefined) {
      const { rules } = this.#automaton
      const size = rules.length
      first = threads.groups.findIndex(group => group.some(state => counts[rules[state % size] as number] === 1))
      threads.firstHeld.set(counts, first)
    }
    return first
  }

  /** Characters that no rule mentions are told apart by their kind only, or moves would be kept for each of Unicode's. */
  #reduce(reading: Reading): Reading {
    const symbols = reading.symbols.filter(symbol => this.#mentioned.has(symbol))
    const { isLetter, isJoin } = reading
    const key = `${isLetter}/${isJoin}/${symbols.join()}`
    const reduced = this.#bySymbols.get(key) ?? { id: this.#bySymbols.size, symbols, isLetter, isJoin }
    this.#bySymbols.set(key, reduced)
    this.#reduced[reading.id] = reduced
    return reduced
  }

  /** States from `symbols.length` on are the same states after a mark inside a word: they go on but do not end a match. */
  #workOut(threads: Threads, reading: Reading, border: boolean): Move {
    const { symbols, targets, offsets, skips, ends, unspaced, atWord, anywhere } = this.#automaton
    const size = symbols.length
    const groups: number[][] = []
    const from: number[] = []
    const instant: [number, number][] = []
    this.#step += 1
    let current: number[] = []
    const enter = (state: number) => {
      if (this.#seen[state] === this.#step) return
      this.#seen[state] = this.#step
      current.push(state)
      const rule = state < size ? (ends[state] as number) : -1
      if (rule >= 0 && unspaced[rule]) instant.push([rule, groups.length])
    }
    const close = (source: number) => {
      if (current.length === 0) return
      groups.push(current)
      from.push(source)
      current = []
    }
    const breaks = reading.isLetter ? 0 : reading.isJoin ? 1 : 2
    threads.groups.forEach((group, source) => {
      for (const entered of group) {
        const state = entered % size
        for (let at = offsets[state] as number; at < (offsets[state + 1] as number); at += 1) {
          const target = targets[at] as number
          if (reading.symbols.includes(symbols[target] as number)) enter(target)
        }
        if (breaks && (skips[state] as number) >= breaks) enter(state + size)
      }
      close(source)
    })
    for (const symbol of reading.symbols) {
      if (border) for (const state of atWord.get(symbol) ?? []) enter(state)
      for (const state of anywhere.get(symbol) ?? []) enter(state)
    }
    close(-1)
    instant.sort((a, b) => a[1] - b[1] || a[0] - b[0])
    return { to: this.#intern(groups), from, instant }
  }

  #intern(groups: number[][]): Threads {
    const key = groups.map(group => group.toSorted((a, b) => a - b).join()).join(';')
    let threads = this.#known.get(key)
    if (!threads) {
      const { ends, unspaced, symbols } = this.#automaton
      const ending: [number, number][] = []
      groups.forEach((group, index) => {
        for (const state of group) {
          const rule = state < symbols.length ? (ends[state] as number) : -1
          if (rule >= 0 && !unspaced[rule]) ending.push([rule, index])
        }
      })
      ending.sort((a, b) => a[1] - b[1] || a[0] - b[0])
      if (this.#known.size >= keptAtMost) this.#known = new Map()
      threads = { groups, ending, moves: new Map(), firstHeld: new WeakMap() }
      this.#known.set(key, threads)
    }
    return threads
  }
}
