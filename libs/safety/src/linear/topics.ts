import { lexicons, type Topic } from './lexicons.ts'

export const topics = Object.keys(lexicons) as Topic[]

const exact = new Map<string, number>()
const stems = new Map<string, number>()
let shortestStem = Number.POSITIVE_INFINITY
let longestStem = 0

/** One bit a topic. Built at first use. */
function build(): void {
  topics.forEach((topic, bit) => {
    for (const entry of lexicons[topic].split(' ')) {
      const isStem = entry.endsWith('*')
      const word = (isStem ? entry.slice(0, -1) : entry).replace(/[^a-z0-9]/g, '')
      const into = isStem ? stems : exact
      into.set(word, (into.get(word) ?? 0) | (1 << bit))
      if (!isStem) continue
      shortestStem = Math.min(shortestStem, word.length)
      longestStem = Math.max(longestStem, word.length)
    }
  })
}

const knownAtMost = 20_000
const known = new Map<string, number>()

/** The topics that a folded word (letters and digits only) belongs to, as bits in the order of {@link topics}. */
export function topicsOf(word: string): number {
  if (exact.size === 0) build()
  let bits = known.get(word)
  if (bits !== undefined) return bits
  bits = exact.get(word) ?? 0
  for (let length = shortestStem; length <= Math.min(word.length, longestStem); length += 1)
    bits |= stems.get(word.slice(0, length)) ?? 0
  if (known.size < knownAtMost) known.set(word, bits)
  return bits
}
