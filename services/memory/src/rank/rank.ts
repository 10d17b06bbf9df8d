import type { Document } from './document.ts'
import type { PersonIndex } from './index-of-person.ts'
import { closeness } from './read-dates.ts'
import type { Question } from './read-question.ts'

/** One document's place in the ranking, and why. */
export interface Ranked {
  readonly id: string
  readonly score: number
  /** The question's words in the document itself. */
  readonly matched: readonly string[]
  /** The question's words in the documents before and after it alone. */
  readonly beside: readonly string[]
  /** Words of the same sense. */
  readonly similar: readonly string[]
  /** The question's terms in it or beside it. */
  readonly terms: readonly string[]
  /** It answers a question that has the words, or has them itself, or is near in meaning. */
  readonly speaks: boolean
  /** Cosine to the question, where an embedder gave one. */
  readonly near?: number | undefined
  readonly timeFits: boolean
}

/** Weights of the additive rerank; found on the conversations of LoCoMo, see docs/decisions. */
export const weights = {
  k1: 0.45,
  b: 0.25,
  previous: 0.35,
  next: 0.2,
  beforePrevious: 0.45,
  afterNext: 0.18,
  answers: 0.5,
  session: 0.73,
  pairs: 0.25,
  similar: 0.7,
  coverage: 0.2,
  speaker: 0.7,
  when: 0.9,
  howMany: 0.2,
  question: -0.2,
  date: 5,
  memory: 0.15,
  importance: 0.05,
  near: 0.8,
  proper: 1.1,
}
export type Weights = typeof weights

/** As if so many other documents were there: in a short history a common word must not pass for a rare one. */
const background = 50
/** So many of the best are rated in full. */
const mostRated = 150

const idfOf = (occurrences: number, documents: number): number =>
  Math.log(1 + (documents - occurrences + 0.5) / (occurrences + 0.5))

export interface RankOptions {
  /** What may not be recalled. */
  readonly hides?: (document: Document) => boolean
  readonly limit: number
  readonly weights?: Weights
  /** Cosines of documents to the question, by id. */
  readonly near?: ReadonlyMap<string, number>
}

/** Beyond so many of its rarest words a long message is not taken for one question. */
const wordsOfOneQuestion = 6
/** What was never said weighs less in what a question weighs: nothing could have it. */
const ofUnknownWords = 0.4

interface Sums {
  own: Float64Array
  similar: Float64Array
  sessions: Float64Array
  /** The score of its own that a place needs to be looked at. */
  least: number
}

/**
 * Rates what has to do with a question, best first: BM25 (Robertson and Zaragoza 2009) of the document, of those before and
 * after it and of its session, divided by what the question weighs in all, plus pairs, synonyms and coverage, times what
 * speaks for it by speaker, time and number.
 */
export function rank(index: PersonIndex, question: Question, options: RankOptions): Ranked[] {
  const w = options.weights ?? weights
  const documents = index.size + background
  const idf = new Map(
    question.words.map(({ term }) => {
      const rarity = idfOf(index.postings(term)?.places.length ?? 0, documents)
      return [term, rarity * (question.proper.has(term) ? w.proper : 1)] as const
    }),
  )
  const mass = [...idf]
    .map(([term, rarity]) => (index.postings(term) ? rarity : rarity * ofUnknownWords))
    .toSorted((one, other) => other - one)
    .slice(0, wordsOfOneQuestion)
    .reduce((sum, each) => sum + each, 0)
  const near = nearByPlace(index, options.near)
  if (mass === 0 && near.size === 0) return []
  const sums = accumulate(index, question, idf, Math.max(mass, Number.EPSILON), w)
  const base = (place: number): number => {
    const before = index.previous[place] ?? -1
    const after = index.next[place] ?? -1
    const [one = -1, two = -1] = [before < 0 ? -1 : index.previous[before], after < 0 ? -1 : index.next[after]]
    const of = (at: number) => (at < 0 ? 0 : Math.max(sums.own[at] ?? 0, 0))
    const answers = answersAt(index, place)
    return (
      of(place) +
      (w.previous + (answers ? w.answers : 0)) * of(before) +
      w.next * of(after) +
      w.beforePrevious * of(one) +
      w.afterNext * of(two) +
      w.similar * (sums.similar[place] ?? 0) +
      w.near * (near.get(place) ?? 0) +
      w.session * (sums.sessions[index.sessionOf[place] ?? -1] ?? 0)
    )
  }
  const hides = options.hides ?? (() => false)
  const rough: { place: number; score: number }[] = []
  for (const place of touched(index, sums, near)) {
    const document = index.documents[place]
    if (!document || hides(document) || document.terms.length < shortest(index, place, sums, near)) continue
    const score = base(place)
    if (score > 0) rough.push({ place, score: score * factor(document, question, w) })
  }
  rough.sort((a, b) => b.score - a.score)
  return rough
    .slice(0, mostRated)
    .map(({ place }) =>
      rateFully(index, question, idf, Math.max(mass, Number.EPSILON), place, base(place), near.get(place), w),
    )
    .toSorted((a, b) => b.score - a.score)
    .slice(0, options.limit)
}

function accumulate(
  index: PersonIndex,
  question: Question,
  idf: ReadonlyMap<string, number>,
  mass: number,
  w: Weights,
): Sums {
  const own = new Float64Array(index.documents.length)
  const similar = new Float64Array(index.documents.length)
  const sessions = new Float64Array(index.sessions.length)
  const inSession = new Float64Array(index.sessions.length)
  const { averageWords, averageSessionWords } = index
  const bm25 = (count: number, words: number, average: number) =>
    (count * (w.k1 + 1)) / (count + w.k1 * (1 - w.b + (w.b * words) / average))
  for (const { term } of question.words) {
    const posting = index.postings(term)
    if (!posting) continue
    const weight = (idf.get(term) ?? 0) / mass
    inSession.fill(0)
    let sessionsWith = 0
    for (let i = 0; i < posting.places.length; i += 1) {
      const place: number = posting.places[i] ?? 0
      const length = index.lengths[place] ?? 0
      if (length === 0) continue
      const count = posting.counts[i] ?? 0
      own[place] = (own[place] ?? 0) + weight * bm25(count, length, averageWords)
      const session = index.sessionOf[place] ?? -1
      if (session < 0) continue
      if (inSession[session] === 0) sessionsWith += 1
      inSession[session] = (inSession[session] ?? 0) + count
    }
    const rarity = idfOf(sessionsWith, index.sessions.length + 1) / mass
    for (let session = 0; session < inSession.length; session += 1) {
      const count = inSession[session] ?? 0
      if (count > 0)
        sessions[session] =
          (sessions[session] ?? 0) + rarity * bm25(count, index.sessions[session]?.words ?? 0, averageSessionWords)
    }
  }
  const least = leastOfBest(own)
  for (const [other, term] of question.similar) {
    const posting = index.postings(other)
    if (!posting) continue
    const rarity = Math.min(idf.get(term) ?? 0, idfOf(posting.places.length, index.size + background)) / mass
    for (let i = 0; i < posting.places.length; i += 1) {
      const place = posting.places[i] ?? 0
      if (least > 0 && (own[place] ?? 0) < least) continue
      if (!index.documents[place]?.terms.includes(term)) similar[place] = Math.max(similar[place] ?? 0, rarity)
    }
  }
  return { own, similar, sessions, least }
}

/** Cosines under this are what any two texts have in common. */
const nearEnough = 0.5

const nearByPlace = (index: PersonIndex, near: ReadonlyMap<string, number> = new Map()): ReadonlyMap<number, number> =>
  new Map(
    [...near].flatMap(([id, cosine]) => {
      const place = index.placeOf(id)
      return place === undefined || cosine <= 0 ? [] : [[place, cosine] as const]
    }),
  )

/** Follows a question of the other. */
function answersAt(index: PersonIndex, place: number): boolean {
  const earlier = index.documents[index.previous[place] ?? -1]
  return earlier?.question === true && earlier.speaker !== index.documents[place]?.speaker
}

/** So many places are looked at; beyond them a long history only has more of what is common. */
const mostTouched = 800
const buckets = 512

/** The score of its own that a place needs to be among the best: 0 while there are few. */
function leastOfBest(own: Float64Array): number {
  let most = 0
  let count = 0
  for (const score of own) {
    if (score > 0) count += 1
    if (score > most) most = score
  }
  if (count <= mostTouched) return 0
  const counts = new Uint32Array(buckets + 1)
  for (const score of own) if (score > 0) counts[Math.floor((score / most) * buckets)]! += 1
  let taken = 0
  for (let bucket = buckets; bucket >= 0; bucket -= 1) {
    taken += counts[bucket] ?? 0
    if (taken >= mostTouched) return (bucket / buckets) * most
  }
  return 0
}

/** What only has a word of the same sense counts while there is little that has the words. */
const mayCount = (own: number, similar: number, least: number): boolean =>
  least === 0 ? own > 0 || similar > 0 : own >= least

/** Places with a word of the question, and those two before and after them. */
function touched(index: PersonIndex, { own, similar, least }: Sums, near: ReadonlyMap<number, number>): Set<number> {
  const reached = new Set<number>()
  const reach = (place: number): number => {
    if (place >= 0) reached.add(place)
    return place
  }
  const reachAround = (place: number): void => {
    reach(place)
    const before = reach(index.previous[place] ?? -1)
    const after = reach(index.next[place] ?? -1)
    if (before >= 0) reach(index.previous[before] ?? -1)
    if (after >= 0) reach(index.next[after] ?? -1)
  }
  for (let place = 0; place < own.length; place += 1)
    if (mayCount(own[place] ?? 0, similar[place] ?? 0, least)) reachAround(place)
  for (const place of near.keys()) reachAround(place)
  return reached
}

/** `I see.` says nothing, however much is said around it; an answer or a word that was asked for does. */
const shortest = (index: PersonIndex, place: number, { own }: Sums, near: ReadonlyMap<number, number>): number =>
  (own[place] ?? 0) > 0 || near.has(place) || answersAt(index, place) ? 1 : 4

const speakerFits = (document: Document, { about }: Question): boolean =>
  about !== null && (document.kind === 'memory' ? about === 'person' : document.speaker === about)
const dateFits = (document: Document, { dates }: Question): number =>
  dates.reduce((most, span) => Math.max(most, closeness(document.at, span)), 0)

function factor(document: Document, question: Question, w: Weights): number {
  return (
    (1 + (speakerFits(document, question) ? w.speaker : 0)) *
    (1 + (question.asksWhen && document.time ? w.when : 0)) *
    (1 + (question.asksHowMany && document.number ? w.howMany : 0)) *
    (1 + (document.question ? w.question : 0)) *
    (document.kind === 'memory' ? 1 + w.memory + w.importance * ((document.importance ?? 3) - 3) : 1) *
    (1 + w.date * dateFits(document, question))
  )
}

function rateFully(
  index: PersonIndex,
  question: Question,
  idf: ReadonlyMap<string, number>,
  mass: number,
  place: number,
  base: number,
  near: number | undefined,
  w: Weights,
): Ranked {
  const document = index.documents[place] as Document
  const own = new Set(document.terms)
  const around = new Set(
    [index.previous[place] ?? -1, index.next[place] ?? -1].flatMap(at => index.documents[at]?.terms ?? []),
  )
  const pairs = new Set(document.terms.slice(1).map((term, at) => `${document.terms[at]} ${term}`))
  const share = (terms: readonly string[]) => terms.reduce((sum, term) => sum + (idf.get(term) ?? 0), 0) / mass
  const pairScore = question.pairs
    .filter(([one, other]) => pairs.has(`${one} ${other}`))
    .reduce((sum, [one, other]) => sum + ((idf.get(one) ?? 0) + (idf.get(other) ?? 0)) / 2 / mass, 0)
  const matched = question.words.filter(({ term }) => own.has(term))
  const beside = question.words.filter(({ term }) => !own.has(term) && around.has(term))
  const coverage = share([...matched, ...beside].map(({ term }) => term))
  return {
    id: document.id,
    score: (base + w.pairs * pairScore + w.coverage * coverage) * factor(document, question, w),
    matched: matched.map(({ plain }) => plain),
    beside: beside.map(({ plain }) => plain),
    similar: [...question.similar.keys()].filter(term => own.has(term)),
    terms: [...matched, ...beside].map(({ term }) => term),
    speaks: matched.length > 0 || (beside.length > 0 && answersAt(index, place)) || (near ?? 0) >= nearEnough,
    near,
    timeFits: dateFits(document, question) > 0.5 || (question.asksWhen && document.time),
  }
}
