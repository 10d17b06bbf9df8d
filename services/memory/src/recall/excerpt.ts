import { estimateTokens } from '@luna/models'
import { plainTokens } from '@luna/service'

const segmenter = new Intl.Segmenter('und', { granularity: 'sentence' })

/** The part of a long text around its most telling sentence, of about `maxTokens` tokens; what is left out shows as `…`. */
export function excerpt(text: string, terms: ReadonlySet<string>, maxTokens: number): string {
  if (estimateTokens(text) <= maxTokens) return text
  const sentences = Array.from(segmenter.segment(text), ({ segment }) => segment)
  const tokens = sentences.map(estimateTokens)
  const best = mostTelling(sentences, terms)
  let [from, to] = [best, best]
  let used = tokens[best] ?? 0
  for (let grown = true; grown; ) {
    grown = false
    for (const index of [to + 1, from - 1]) {
      const cost = tokens[index]
      if (cost === undefined || used + cost > maxTokens) continue
      used += cost
      from = Math.min(from, index)
      to = Math.max(to, index)
      grown = true
    }
  }
  const part = shorten(
    sentences
      .slice(from, to + 1)
      .join('')
      .trim(),
    maxTokens,
  )
  const cutAtEnd =
    to < sentences.length - 1 ||
    part.length <
      sentences
        .slice(from, to + 1)
        .join('')
        .trim().length
  return `${from > 0 ? '… ' : ''}${part}${cutAtEnd ? ' …' : ''}`
}

function mostTelling(sentences: readonly string[], terms: ReadonlySet<string>): number {
  let best = 0
  let most = -1
  for (const [index, sentence] of sentences.entries()) {
    const found = new Set(plainTokens(sentence).filter(term => terms.has(term))).size
    if (found > most) [best, most] = [index, found]
  }
  return best
}

/** A sentence that is longer by itself is cut at its end, between characters. */
function shorten(text: string, maxTokens: number): string {
  let part = [...text]
  while (part.length > 1 && estimateTokens(part.join('')) > maxTokens)
    part = part.slice(0, Math.floor(part.length * 0.8))
  return part.join('').trimEnd()
}
