import { kind } from './characters.ts'

/** What a word may be broken by inside: nothing, one kind of mark, or any gap. */
export type Skips = 'none' | 'join' | 'gap'

export interface SymbolNode {
  readonly type: 'symbol'
  readonly symbol: number
  readonly loops: boolean
  readonly skips: Skips
}

/** A regular expression without stars: what the automaton is built from. Nodes never change, so that equal ones are shared. */
export type Node =
  | SymbolNode
  /** Holds no sequences itself. */
  | { readonly type: 'sequence'; readonly nodes: readonly Node[] }
  | { readonly type: 'choice'; readonly nodes: readonly Node[] }
  | { readonly type: 'optional'; readonly node: Node }

/** Alternatives that begin alike share their beginning: fewer states, the same language. All are alike before `at`. */
export function factored(alternatives: readonly (readonly Node[])[], at = 0): Node {
  const heads = new Map<Node, (readonly Node[])[]>()
  for (const nodes of alternatives) {
    const head = nodes[at] as Node
    const alike = heads.get(head)
    if (alike) alike.push(nodes)
    else heads.set(head, [nodes])
  }
  const choices: Node[] = []
  for (const [head, alike] of heads)
    choices.push(alike.length === 1 ? sequence((alike[0] as readonly Node[]).slice(at)) : sharing(head, alike, at))
  return choices.length === 1 ? (choices[0] as Node) : { type: 'choice', nodes: choices }
}

function sharing(head: Node, alike: readonly (readonly Node[])[], at: number): Node {
  const longer = alike.filter(nodes => nodes.length > at + 1)
  if (longer.length === 0) return head
  const tail = factored(longer, at + 1)
  return sequence([head, longer.length < alike.length ? optional(tail) : tail])
}

export const nodesOf = (node: Node): readonly Node[] => (node.type === 'sequence' ? node.nodes : [node])

export function sequence(nodes: readonly Node[]): Node {
  if (nodes.length === 1) return nodes[0] as Node
  const within: Node[] = []
  for (const node of nodes) {
    if (node.type === 'sequence') within.push(...node.nodes)
    else within.push(node)
  }
  return { type: 'sequence', nodes: within }
}

export const optional = (node: Node): Node => ({ type: 'optional', node })

const symbols = new Map<number, SymbolNode>()
const skipCodes: Readonly<Record<Skips, number>> = { none: 0, join: 1, gap: 2 }

/** Equal symbols are one node. */
export function symbol(code: number, loops: boolean, skips: Skips): SymbolNode {
  const key = (code + 8) * 6 + skipCodes[skips] * 2 + (loops ? 1 : 0)
  let node = symbols.get(key)
  if (!node) {
    node = { type: 'symbol', symbol: code, loops, skips }
    symbols.set(key, node)
  }
  return node
}

export const mark = (code: number): Node => symbol(code, false, 'none')

const separator = mark(kind.separator)
const someGap = sequence([separator, optional(sequence([separator, optional(separator)]))])
const anyGap = optional(someGap)

/** Up to three spaces or marks between two words. */
export const gap = (mayBeNone: boolean): Node => (mayBeNone ? anyGap : someGap)
