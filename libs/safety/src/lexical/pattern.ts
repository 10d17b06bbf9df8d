import { foldCharacter, kind } from './characters.ts'
import { factored, gap, mark, type Node, nodesOf, optional, sequence, symbol } from './node.ts'

export interface Pattern {
  node: Node
  /** Written without spaces between words: matches begin and end anywhere. */
  unspaced: boolean
}

const unspacedScript = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u
const disguisable = 5

/**
 * Patterns of words: `kill ~2 (myself|my self) now? suicid*`.
 * - words stand apart by up to three spaces or marks, longer ones by nothing as well (`killmyself`); letters may be repeated
 * - `(a|b c)` one of; `x?` may be missing; `x*` the word goes on; `~2` up to two words of any kind
 * - in Chinese and Japanese the same, by character, and `~2` is up to two characters
 * Words of five letters and more may be broken by one kind of mark (`su-ic.ide`); see characters.ts for what letters may look like.
 */
export function parsePattern(source: string, gaps: Gaps = 'written'): Pattern {
  const unspaced = unspacedScript.test(source)
  if (unspaced && /[a-z]{3,}/i.test(source))
    throw new Error(`Pattern "${source}": words and unspaced script need two rules.`)
  const reader = { source, at: 0, gaps }
  const { node } = parseSequence(reader, unspaced)
  if (reader.at < source.length)
    throw new Error(`Pattern "${source}": unexpected "${source[reader.at]}" at ${reader.at}.`)
  return { node, unspaced }
}

/** `lost`: no gap need be there, as between words that are spelled out letter by letter. */
export type Gaps = 'written' | 'lost'

interface Reader {
  source: string
  at: number
  gaps: Gaps
}

/** A parsed part with the letters of its first and last word, at their shortest: short words do not run into each other. */
interface Part {
  node: Node
  head: number
  tail: number
}

interface Element extends Part {
  missable: boolean
  /** Any words: they bring their own gaps. */
  spaced: boolean
}

function parseSequence(reader: Reader, unspaced: boolean): Part {
  const elements: Element[] = []
  for (;;) {
    while (reader.source[reader.at] === ' ') reader.at += 1
    const next = reader.source[reader.at]
    if (next === undefined || next === '|' || next === ')') break
    if (next === '~')
      elements.push({ node: parseAny(reader, unspaced), head: 0, tail: 0, missable: true, spaced: true })
    else {
      const part = next === '(' ? parseGroup(reader, unspaced) : parseWord(reader, unspaced)
      const missable = reader.source[reader.at] === '?'
      if (missable) reader.at += 1
      elements.push({ node: part.node, head: part.head, tail: part.tail, missable, spaced: false })
    }
  }
  if (elements.length === 0) throw new Error(`Pattern "${reader.source}": something is empty at ${reader.at}.`)
  return join(elements, unspaced, reader.gaps === 'lost')
}

/** The gap goes with the optional neighbour, so that a missing word leaves one gap and not two. */
function join(elements: Element[], unspaced: boolean, lost: boolean): Part {
  const nodes: Node[] = []
  let required = false
  let head = 0
  let tail = 0
  for (const { node, missable, spaced, head: first, tail: last } of elements) {
    const begins = !required
    if (!missable) required = true
    const between = gap(lost || mayTouch(tail, first))
    if (unspaced || spaced) nodes.push(missable ? optional(node) : node)
    else if (missable) nodes.push(optional(sequence(begins ? [node, gap(lost)] : [between, node])))
    else if (begins) nodes.push(node)
    else nodes.push(between, node)
    if (begins) head = head === 0 ? first : Math.min(head, first)
    tail = missable && tail > 0 ? Math.min(tail, last) : last
  }
  return { node: sequence(nodes), head, tail }
}

const mayTouch = (tail: number, head: number): boolean => tail >= 3 && tail + head >= 6

function parseGroup(reader: Reader, unspaced: boolean): Part {
  const parts: Part[] = []
  do {
    reader.at += 1
    parts.push(parseSequence(reader, unspaced))
  } while (reader.source[reader.at] === '|')
  if (reader.source[reader.at] !== ')') throw new Error(`Pattern "${reader.source}": a group is not closed.`)
  reader.at += 1
  return {
    node: factored(parts.map(part => nodesOf(part.node))),
    head: Math.min(...parts.map(part => part.head)),
    tail: Math.min(...parts.map(part => part.tail)),
  }
}

const wordAt = /[^\s()|?*~]*\*?/y
const words = { spaced: new Map<string, Part>(), unspaced: new Map<string, Part>() }

/** The same words come again and again, so each is read once. */
function parseWord(reader: Reader, unspaced: boolean): Part {
  wordAt.lastIndex = reader.at
  const [word = ''] = wordAt.exec(reader.source) ?? []
  if (!word || word === '*')
    throw new Error(`Pattern "${reader.source}": unexpected "${reader.source[reader.at]}" at ${reader.at}.`)
  reader.at += word.length
  const known = words[unspaced ? 'unspaced' : 'spaced']
  let part = known.get(word)
  if (!part) {
    part = readWord(word, unspaced)
    known.set(word, part)
  }
  return part
}

function readWord(word: string, unspaced: boolean): Part {
  const goesOn = word.endsWith('*')
  let folded = ''
  for (const character of goesOn ? word.slice(0, -1) : word) folded += foldCharacter(character)
  const skips = unspaced ? 'gap' : folded.length >= disguisable ? 'join' : 'none'
  const nodes: Node[] = []
  for (const letter of folded) nodes.push(symbol(letter.charCodeAt(0), !unspaced, skips))
  if (goesOn) nodes.push(optional(symbol(kind.letter, true, 'none')))
  return { node: sequence(nodes), head: folded.length, tail: folded.length }
}

function parseAny(reader: Reader, unspaced: boolean): Node {
  const [text = '', digits = ''] = /^~(\d)/.exec(reader.source.slice(reader.at)) ?? []
  if (!text) throw new Error(`Pattern "${reader.source}": "~" needs a number.`)
  reader.at += text.length
  const letter = symbol(kind.letter, !unspaced, 'none')
  const one: Node = unspaced ? letter : sequence([mark(kind.gap), optional(mark(kind.gap)), letter])
  let node = one
  for (let count = 1; count < Number(digits); count += 1) node = sequence([one, optional(node)])
  return node
}
