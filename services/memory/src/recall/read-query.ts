import { toTsquery, words } from '@luna/service'

/** A word that is looked for. */
export interface QueryTerm {
  /** As texts are compared: folded and stemmed. */
  readonly term: string
  /** As it is shown: folded only. */
  readonly plain: string
}

/** More words than this tell nothing more, and cost time. */
const mostTerms = 32

/** Nobody's word. With it beside them, stop words are never all that there is, and so never looked for. */
const tellingWord = 'qxzjv'

/** The different words of a question that are worth looking for: none when there are only stop words. */
export function readQuery(text: string): QueryTerm[] {
  const telling = new Set<string>()
  toTsquery(`${text} ${tellingWord}`, term => {
    telling.add(term)
    return term
  })
  const terms = new Map<string, QueryTerm>()
  for (const { term, plain } of words(text)) {
    if (terms.size === mostTerms) break
    if (telling.has(term) && !terms.has(term)) terms.set(term, { term, plain })
  }
  return [...terms.values()]
}
