import type { Finding } from '../abuse/findings.ts'
import { foldText } from '../lexical/characters.ts'
import { topics, topicsOf } from './topics.ts'

/** Buckets of hashed n-grams: of words first, then of characters, then the dense features. */
export const wordBuckets = 1 << 14
export const characterBuckets = 1 << 14
const pairCount = (topics.length * (topics.length - 1)) / 2
const ruleClasses = [
  'sexual',
  'sexual/minors',
  'hate',
  'hate/threat',
  'harassment',
  'violence',
  'violence/graphic',
  'self-harm',
  'illicit',
] as const
const denseAt = wordBuckets + characterBuckets
const pairsAt = denseAt + topics.length * 2
const rulesAt = pairsAt + pairCount
const shapeAt = rulesAt + ruleClasses.length * 2
export const featureCount = shapeAt + 6

/** A sparse vector: indices are distinct, in no order. */
export interface Features {
  indices: Uint32Array
  values: Float32Array
}

/** Only the beginning and the end of very long texts are read, so that the time is bounded. */
const readAtMost = 4_000
const wordPattern = /[\p{L}\p{N}]+(?:['’][\p{L}]+)?/gu
const sentencePattern = /[.!?\n。！？]+/u

/**
 * What the linear model reads of a text: hashed word uni- and bigrams, hashed character n-grams of 3 to 5 within words
 * (Weinberger et al. 2009, feature hashing), topics of the lexicons alone and in pairs within a sentence, what the rules
 * found, and the shape of the text. Deterministic; the same for training and use.
 */
export function featuresOf(text: string, findings: readonly Finding[]): Features {
  const read = text.length <= readAtMost ? text : `${text.slice(0, readAtMost / 2)}\n${text.slice(-readAtMost / 2)}`
  const folded = foldText(read)
  const words = wordCounter.begin()
  const characters = characterCounter.begin()
  const counts = new Float64Array(topics.length)
  const pairs = new Float64Array(pairCount)
  let total = 0
  for (const sentence of folded.split(sentencePattern)) {
    let seen = 0
    let before = 0
    for (const [found] of sentence.matchAll(wordPattern)) {
      const word = found.replace(/['’]/g, '')
      total += 1
      const bits = topicsOf(word)
      seen |= bits
      for (let rest = bits; rest !== 0; rest &= rest - 1) {
        const topic = 31 - Math.clz32(rest & -rest)
        counts[topic] = (counts[topic] ?? 0) + 1
      }
      const hash = hashOf(word, 0, word.length)
      words.add(hash % wordBuckets)
      if (before !== 0) words.add(mix(before ^ Math.imul(hash, 0x9e3779b1)) % wordBuckets)
      before = hash
      for (const gram of gramsOf(word)) characters.add(gram)
    }
    addPairs(pairs, seen)
  }
  return assemble(words, characters, denseOf(read, total, counts, pairs, findings))
}

/** Counts by bucket; one array is used again for every text, since a text touches few of its places. */
class Counter {
  readonly touched: number[] = []
  readonly #counts: Uint16Array

  constructor(size: number) {
    this.#counts = new Uint16Array(size)
  }

  begin(): this {
    for (const index of this.touched) this.#counts[index] = 0
    this.touched.length = 0
    return this
  }

  add(index: number): void {
    if (this.#counts[index] === 0) this.touched.push(index)
    this.#counts[index] = (this.#counts[index] ?? 0) + 1
  }

  of(index: number): number {
    return this.#counts[index] ?? 0
  }
}

const wordCounter = new Counter(wordBuckets)
const characterCounter = new Counter(characterBuckets)

const knownWordsAtMost = 20_000
const knownGrams = new Map<string, Uint32Array>()

/** The buckets of the character n-grams of a word, with its borders. */
function gramsOf(word: string): Uint32Array {
  let grams = knownGrams.get(word)
  if (grams) return grams
  const padded = ` ${word} `
  const found: number[] = []
  for (let length = 3; length <= 5; length += 1)
    for (let at = 0; at + length <= padded.length; at += 1)
      found.push(mix(hashOf(padded, at, at + length)) % characterBuckets)
  grams = Uint32Array.from(found)
  if (knownGrams.size < knownWordsAtMost) knownGrams.set(word, grams)
  return grams
}

/** FNV-1a over UTF-16 units, 32 bits. */
function hashOf(text: string, from: number, to: number): number {
  let hash = 0x811c9dc5
  for (let at = from; at < to; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  return hash >>> 0
}

/** The last step of MurmurHash3, so that the low bits depend on all. */
function mix(hash: number): number {
  let mixed = hash
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
  return (mixed ^ (mixed >>> 16)) >>> 0
}

function addPairs(pairs: Float64Array, seen: number): void {
  for (let rest = seen; rest !== 0; rest &= rest - 1) {
    const first = 31 - Math.clz32(rest & -rest)
    for (let others = rest & (rest - 1); others !== 0; others &= others - 1) {
      const second = 31 - Math.clz32(others & -others)
      const at = (first * (2 * topics.length - first - 1)) / 2 + (second - first - 1)
      pairs[at] = (pairs[at] ?? 0) + 1
    }
  }
}

function denseOf(
  text: string,
  words: number,
  counts: Float64Array,
  pairs: Float64Array,
  findings: readonly Finding[],
): Map<number, number> {
  const dense = new Map<number, number>()
  const set = (index: number, value: number) => {
    if (value !== 0) dense.set(index, value)
  }
  counts.forEach((count, topic) => {
    set(denseAt + topic * 2, Math.log1p(count) / 3)
    set(denseAt + topic * 2 + 1, Math.min(1, (count / Math.max(words, 8)) * 5))
  })
  pairs.forEach((count, pair) => set(pairsAt + pair, Math.log1p(count) / 4))
  ruleClasses.forEach((name, index) => {
    const scores = findings.filter(finding => finding.class === name).map(finding => finding.score)
    set(rulesAt + index * 2, Math.max(0, ...scores))
    set(rulesAt + index * 2 + 1, Math.log1p(scores.length) / 3)
  })
  const { letters, capitals } = casesOf(text)
  set(shapeAt, Math.log1p(words) / 8)
  set(shapeAt + 1, capitals / Math.max(letters, 20))
  set(shapeAt + 2, Math.min(1, (text.match(/!/g)?.length ?? 0) / 5))
  set(shapeAt + 3, Math.min(1, (text.match(/\?/g)?.length ?? 0) / 5))
  set(shapeAt + 4, Math.min(1, (text.match(/["“”«»]/g)?.length ?? 0) / 10))
  set(shapeAt + 5, /https?:\/\/|www\./.test(text) ? 1 : 0)
  return dense
}

function casesOf(text: string): { letters: number; capitals: number } {
  let [letters, capitals] = [0, 0]
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (code >= 65 && code <= 90) capitals += 1
    else if ((code >= 97 && code <= 122) || code > 191) letters += 1
  }
  return { letters: letters + capitals, capitals }
}

/** Each block of n-grams has length 1 (counts damped by their logarithm), so that long texts do not outweigh short ones. */
function assemble(words: Counter, characters: Counter, dense: Map<number, number>): Features {
  const size = words.touched.length + characters.touched.length + dense.size
  const indices = new Uint32Array(size)
  const values = new Float32Array(size)
  let at = 0
  const put = (block: Counter, offset: number) => {
    let square = 0
    for (const index of block.touched) square += (1 + Math.log(block.of(index))) ** 2
    const norm = Math.sqrt(square)
    for (const index of block.touched) {
      indices[at] = offset + index
      values[at] = (1 + Math.log(block.of(index))) / norm
      at += 1
    }
  }
  put(words, 0)
  put(characters, wordBuckets)
  for (const [index, value] of dense) {
    indices[at] = index
    values[at] = value
    at += 1
  }
  return { indices, values }
}
