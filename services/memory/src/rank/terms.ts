import { plainTokens, words } from '@luna/service'
import { baseForm } from './irregular.ts'

/** A word of a text as the ranking compares it, and as it was written. */
export interface Term {
  /** Folded, brought to its base form, stemmed. */
  readonly term: string
  /** Folded only. */
  readonly plain: string
}

const stems = new Map<string, string>()

/** The stem of a base form, reckoned once. */
function stemOf(base: string): string {
  const known = stems.get(base)
  if (known !== undefined) return known
  const stem = plainTokens(base)[0] ?? base
  stems.set(base, stem)
  return stem
}

/** The words of a text in order; irregular forms as their base form. */
export function terms(text: string): Term[] {
  const found: Term[] = []
  for (const { term, plain, indexOnly } of words(text)) {
    if (indexOnly) continue
    const base = baseForm.get(plain)
    found.push({ term: base === undefined ? term : stemOf(base), plain })
  }
  return found
}

/** The one term of a word. */
export const termOf = (word: string): string => terms(word)[0]?.term ?? word
