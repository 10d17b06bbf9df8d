import { kind } from './characters.ts'

/** A regular expression without stars: what the automaton is built from. */
export type Node =
  | { type: 'symbol'; symbol: number; loops: boolean; skips: 'none' | 'join' | 'gap' }
  | { type: 'sequence'; nodes: Node[] }
  | { type: 'choice'; nodes: Node[] }
  | { type: 'optional'; node: Node }

/** Alternatives that begin alike share their beginning: fewer states, the same language. */
export function factored(alternatives: Node[][]): Node {
  const heads = new Map<string, Node[][]>()
  for (const nodes of alternatives) {
    const [head] = nodes
    const key = head?.type === 'symbol' ? `${head.symbol}/${head.loops}/${head.skips}` : `#${heads.size}`
    heads.set(key, [...(heads.get(key) ?? []), nodes])
  }
  const nodes = Array.from(heads.values(), alike => {
    const [first = []] = alike
    if (alike.length === 1) return sequence(first)
    const tails = alike.map(one => one.slice(1)).filter(tail => tail.length > 0)
    const head = first.slice(0, 1)
    if (tails.length === 0) return sequence(head)
    const tail = factored(tails)
    return sequence([...head, tails.length < alike.length ? optional(tail) : tail])
  })
  return nodes.length === 1 && nodes[0] ? nodes[0] : { type: 'choice', nodes }
}

export const flat = (node: Node): Node[] => (node.type === 'sequence' ? node.nodes.flatMap(flat) : [node])

export const sequence = (nodes: Node[]): Node => ({ type: 'sequence', nodes })
export const optional = (node: Node): Node => ({ type: 'optional', node })
export const mark = (symbol: number): Node => ({ type: 'symbol', symbol, loops: false, skips: 'none' })
const separator = (): Node => ({ type: 'choice', nodes: [mark(kind.gap), mark(kind.join)] })

/** Up to three spaces or marks between two words. */
export function gap(mayBeNone: boolean): Node {
  const some = sequence([separator(), optional(sequence([separator(), optional(separator())]))])
  return mayBeNone ? optional(some) : some
}
