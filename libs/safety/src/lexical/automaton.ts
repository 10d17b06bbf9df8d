import type { Node } from './node.ts'
import { type Gaps, parsePattern } from './pattern.ts'

export interface Automaton {
  /** What each state consumes: a char code or a kind. */
  symbols: Int32Array
  /** States after state s: targets[offsets[s]] up to targets[offsets[s + 1]]. */
  targets: Int32Array
  offsets: Int32Array
  /** The rule that ends here, or -1. */
  ends: Int32Array
  /** 1: a mark may break the word here; 2: any gap may. */
  skips: Uint8Array
  /** The rule a state belongs to. */
  rules: Int32Array
  /** Does a match of the rule begin and end anywhere, not only at the borders of words? */
  unspaced: Uint8Array
  /** First states by what they consume: at the beginning of a word, and anywhere. */
  atWord: ReadonlyMap<number, readonly number[]>
  anywhere: ReadonlyMap<number, readonly number[]>
}

interface Part {
  readonly first: readonly number[]
  readonly last: readonly number[]
  readonly empty: boolean
}

/**
 * Builds all patterns into one automaton without empty moves (Glushkov's construction: one state for each symbol written),
 * pattern by pattern, so that the work can be done in pieces.
 */
export class AutomatonBuilder {
  readonly #gaps: Gaps
  readonly #symbols: number[] = []
  readonly #skips: number[] = []
  readonly #rules: number[] = []
  readonly #ends: number[] = []
  readonly #sources: number[] = []
  readonly #destinations: number[] = []
  readonly #unspaced: number[] = []
  readonly #atWord = new Map<number, number[]>()
  readonly #anywhere = new Map<number, number[]>()

  constructor(gaps: Gaps = 'written') {
    this.#gaps = gaps
  }

  /**
   * The next rule: the first one added is rule 0.
   * @throws Error for a pattern that is malformed or matches the empty text
   */
  add(source: string): void {
    const pattern = parsePattern(source, this.#gaps)
    const rule = this.#unspaced.push(pattern.unspaced ? 1 : 0) - 1
    const part = this.#build(pattern.node, rule)
    if (part.empty) throw new Error(`Pattern "${source}" matches nothing at all: make a part of it required.`)
    for (const state of part.last) this.#ends[state] = rule
    const starts = pattern.unspaced ? this.#anywhere : this.#atWord
    for (const state of part.first) {
      const symbol = this.#symbols[state] ?? 0
      const known = starts.get(symbol)
      if (known) known.push(state)
      else starts.set(symbol, [state])
    }
  }

  finish(): Automaton {
    return {
      symbols: Int32Array.from(this.#symbols),
      ...bySource(this.#sources, this.#destinations, this.#symbols.length),
      ends: Int32Array.from(this.#ends),
      skips: Uint8Array.from(this.#skips),
      rules: Int32Array.from(this.#rules),
      unspaced: Uint8Array.from(this.#unspaced),
      atWord: this.#atWord,
      anywhere: this.#anywhere,
    }
  }

  #connect(from: readonly number[], to: readonly number[]): void {
    for (const source of from)
      for (const destination of to) {
        this.#sources.push(source)
        this.#destinations.push(destination)
      }
  }

  #build(node: Node, rule: number): Part {
    switch (node.type) {
      case 'symbol': {
        const only = [this.#symbols.push(node.symbol) - 1]
        this.#skips.push(node.skips === 'gap' ? 2 : node.skips === 'join' ? 1 : 0)
        this.#rules.push(rule)
        this.#ends.push(-1)
        if (node.loops) this.#connect(only, only)
        return { first: only, last: only, empty: false }
      }
      case 'optional': {
        const part = this.#build(node.node, rule)
        return { first: part.first, last: part.last, empty: true }
      }
      case 'choice':
        return this.#oneOf(node.nodes, rule)
      case 'sequence':
        return this.#inOrder(node.nodes, rule)
    }
  }

  #oneOf(nodes: readonly Node[], rule: number): Part {
    const first: number[] = []
    const last: number[] = []
    let empty = false
    for (const node of nodes) {
      const part = this.#build(node, rule)
      first.push(...part.first)
      last.push(...part.last)
      empty ||= part.empty
    }
    return { first, last, empty }
  }

  #inOrder(nodes: readonly Node[], rule: number): Part {
    let first: readonly number[] = []
    let last: readonly number[] = []
    let empty = true
    for (const node of nodes) {
      const part = this.#build(node, rule)
      this.#connect(last, part.first)
      if (empty) first = [...first, ...part.first]
      last = part.empty ? [...last, ...part.last] : part.last
      empty &&= part.empty
    }
    return { first, last, empty }
  }
}

/** A list of moves as rows: the targets of each state side by side. */
function bySource(
  sources: readonly number[],
  destinations: readonly number[],
  size: number,
): Pick<Automaton, 'targets' | 'offsets'> {
  const offsets = new Int32Array(size + 1)
  for (const source of sources) offsets[source + 1] = (offsets[source + 1] as number) + 1
  for (let state = 0; state < size; state += 1)
    offsets[state + 1] = (offsets[state + 1] as number) + (offsets[state] as number)
  const next = offsets.slice()
  const targets = new Int32Array(destinations.length)
  sources.forEach((source, index) => {
    const at = next[source] as number
    next[source] = at + 1
    targets[at] = destinations[index] as number
  })
  return { targets, offsets }
}
