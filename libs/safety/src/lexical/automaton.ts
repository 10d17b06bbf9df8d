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
  first: number[]
  last: number[]
  empty: boolean
}

/**
 * All patterns as one automaton without empty moves (Glushkov's construction: one state for each symbol written).
 * @throws Error for a pattern that is malformed or matches the empty text
 */
export function buildAutomaton(patterns: readonly string[], gaps: Gaps = 'written'): Automaton {
  const symbols: number[] = []
  const skips: number[] = []
  const rules: number[] = []
  const follow: number[][] = []
  const ends: number[] = []
  const unspaced = new Uint8Array(patterns.length)
  const atWord = new Map<number, number[]>()
  const anywhere = new Map<number, number[]>()

  function build(node: Node, rule: number): Part {
    switch (node.type) {
      case 'symbol': {
        const state = symbols.push(node.symbol) - 1
        skips.push(node.skips === 'gap' ? 2 : node.skips === 'join' ? 1 : 0)
        rules.push(rule)
        ends.push(-1)
        follow.push(node.loops ? [state] : [])
        return { first: [state], last: [state], empty: false }
      }
      case 'optional':
        return { ...build(node.node, rule), empty: true }
      case 'choice': {
        const parts = node.nodes.map(one => build(one, rule))
        return {
          first: parts.flatMap(part => part.first),
          last: parts.flatMap(part => part.last),
          empty: parts.some(part => part.empty),
        }
      }
      case 'sequence':
        return node.nodes.map(one => build(one, rule)).reduce(joined)
    }
  }

  function joined(before: Part, after: Part): Part {
    for (const from of before.last) follow[from]?.push(...after.first)
    return {
      first: before.empty ? [...before.first, ...after.first] : before.first,
      last: after.empty ? [...before.last, ...after.last] : after.last,
      empty: before.empty && after.empty,
    }
  }

  patterns.forEach((source, rule) => {
    const pattern = parsePattern(source, gaps)
    const part = build(pattern.node, rule)
    if (part.empty) throw new Error(`Pattern "${source}" matches nothing at all: make a part of it required.`)
    unspaced[rule] = pattern.unspaced ? 1 : 0
    for (const state of part.last) ends[state] = rule
    const starts = pattern.unspaced ? anywhere : atWord
    for (const state of part.first) {
      const symbol = symbols[state] ?? 0
      const known = starts.get(symbol)
      if (known) known.push(state)
      else starts.set(symbol, [state])
    }
  })

  const offsets = new Int32Array(symbols.length + 1)
  follow.forEach((states, state) => {
    offsets[state + 1] = (offsets[state] ?? 0) + states.length
  })
  return {
    symbols: Int32Array.from(symbols),
    targets: Int32Array.from(follow.flat()),
    offsets,
    ends: Int32Array.from(ends),
    skips: Uint8Array.from(skips),
    rules: Int32Array.from(rules),
    unspaced,
    atWord,
    anywhere,
  }
}
