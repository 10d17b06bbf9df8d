import { createHmac, type KeyObject } from 'node:crypto'
import { plainTokens } from './words.ts'

/** 9 bytes of HMAC-SHA256: 12 characters, and two of a person's words collide once in about 2^36 words. */
const lexemeBytes = 9

/** Lexemes kept for each key in memory: a person's common words come again and again. */
const rememberedTerms = 2_000

export interface Lexemes {
  /** The keyed form of a term: [A-Za-z0-9_-]{12}. */
  of(term: string): string
  tokens(text: string): string[]
}

/**
 * Turns terms into lexemes that mean nothing without the key. Who sees the index alone still learns how often some unknown
 * word recurs; who has the key destroyed learns nothing more. Prefix search is impossible by design: the lexemes of
 * "remember" and "rem" have nothing in common.
 */
export function lexemes(key: KeyObject): Lexemes {
  const known = new Map<string, string>()
  const of = (term: string) => {
    const found = known.get(term)
    if (found !== undefined) return found
    const lexeme = createHmac('sha256', key)
      .update(term, 'utf8')
      .digest()
      .subarray(0, lexemeBytes)
      .toString('base64url')
    if (known.size >= rememberedTerms) known.clear()
    known.set(term, lexeme)
    return lexeme
  }
  return { of, tokens: text => plainTokens(text).map(of) }
}
