import type { QueryTerm } from './read-query.ts'

/** What the scorer sees of a message. */
export interface ScoredText {
  readonly messageId: string
  readonly parentId: string | null
  readonly speaker: 'person' | 'character' | 'system'
  readonly text: string
  /** Its words in order, folded and stemmed. */
  readonly terms: readonly string[]
}

/** Counts over all that may be recalled for a person. */
export interface Corpus {
  readonly messages: number
  /** Words of a message on average. */
  readonly averageWords: number
  /** In how many messages each term of the query occurs. */
  readonly occurrences: ReadonlyMap<string, number>
}

export interface Rated<T extends ScoredText> {
  readonly text: T
  /** From 0 to 1; one rare word alone gives about 0.5. */
  readonly score: number
  /** The query's terms in the text itself. */
  readonly matched: readonly QueryTerm[]
  /** The query's terms in the message before or after it alone. */
  readonly beside: readonly QueryTerm[]
}

/** BM25 (Robertson and Zaragoza 2009), with the constants that did best on chat turns. */
const k1 = 1
const b = 0.4
/** Weights of the additive rerank. */
const weights = { previous: 0.4, next: 0.25, answersQuestion: 0.5, bigrams: 0.25, coverage: 0.2 } as const
const questionFactor = 0.8
/** As if so many other messages had been said: in a short history a common word must not pass for a rare one, nor the reverse. */
const background = 50

/** Under this score a message has too little to do with the question to be recalled. */
export const floor = 0.41

const idfOf = (occurrences: number, messages: number): number =>
  Math.log(1 + (messages + background - occurrences + 0.5) / (occurrences + 0.5))

/**
 * Rates each message by its words and those of its neighbours, best first. What has none of the words itself counts only
 * as the answer to a question that has them.
 */
export function rate<T extends ScoredText>(
  query: readonly QueryTerm[],
  texts: readonly T[],
  corpus: Corpus,
): Rated<T>[] {
  const idf = new Map(query.map(({ term }) => [term, idfOf(corpus.occurrences.get(term) ?? 0, corpus.messages)]))
  const oneRareWord = idfOf(1, corpus.messages)
  const byId = new Map(texts.map(text => [text.messageId, text]))
  const after = new Map(texts.flatMap(text => (text.parentId === null ? [] : [[text.parentId, text] as const])))
  const own = new Map(texts.map(text => [text.messageId, bm25(text.terms, idf, corpus.averageWords)]))
  const scoreOf = (text: T | undefined): number => (text && own.get(text.messageId)) || 0

  const rateOne = (text: T): Rated<T> => {
    const previous = text.parentId === null ? undefined : byId.get(text.parentId)
    const next = after.get(text.messageId)
    const answers = previous !== undefined && previous.speaker !== text.speaker && isQuestion(previous.text)
    const inWindow = new Set([text, previous, next].flatMap(each => each?.terms ?? []))
    const ownTerms = new Set(text.terms)
    const found = query.filter(({ term }) => inWindow.has(term))
    const mass = query.reduce((sum, { term }) => sum + (idf.get(term) ?? 0), 0)
    const total =
      scoreOf(text) +
      (weights.previous + (answers ? weights.answersQuestion : 0)) * scoreOf(previous) +
      weights.next * scoreOf(next) +
      weights.bigrams * bigrams(query, text.terms, idf) +
      weights.coverage * (mass === 0 ? 0 : (oneRareWord * sumIdf(found, idf)) / mass)
    const speaks = found.some(({ term }) => ownTerms.has(term)) || answers
    const evidence = ((speaks ? total : 0) * (isQuestion(text.text) ? questionFactor : 1)) / oneRareWord
    return {
      text,
      score: evidence / (1 + evidence),
      matched: found.filter(({ term }) => ownTerms.has(term)),
      beside: found.filter(({ term }) => !ownTerms.has(term)),
    }
  }
  return texts.map(rateOne).toSorted((one, other) => other.score - one.score)
}

const sumIdf = (terms: readonly QueryTerm[], idf: ReadonlyMap<string, number>): number =>
  terms.reduce((sum, { term }) => sum + (idf.get(term) ?? 0), 0)

function bm25(terms: readonly string[], idf: ReadonlyMap<string, number>, averageWords: number): number {
  const counts = new Map<string, number>()
  for (const term of terms) if (idf.has(term)) counts.set(term, (counts.get(term) ?? 0) + 1)
  const length = k1 * (1 - b + (b * terms.length) / Math.max(1, averageWords))
  let score = 0
  for (const [term, count] of counts) score += ((idf.get(term) ?? 0) * count * (k1 + 1)) / (count + length)
  return score
}

/** Words that stand side by side in the question and in the text. */
function bigrams(query: readonly QueryTerm[], terms: readonly string[], idf: ReadonlyMap<string, number>): number {
  const pairs = new Set(terms.slice(1).map((term, index) => `${terms[index]} ${term}`))
  let score = 0
  for (const [index, { term }] of query.entries()) {
    const before = query[index - 1]
    if (before && pairs.has(`${before.term} ${term}`)) score += ((idf.get(before.term) ?? 0) + (idf.get(term) ?? 0)) / 2
  }
  return score
}

const isQuestion = (text: string): boolean => /[?？؟]\s*$/u.test(text)
