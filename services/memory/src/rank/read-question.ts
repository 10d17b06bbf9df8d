import { toTsquery } from '@luna/service'
import { readDates, type Span } from './read-dates.ts'
import { synonyms } from './synonyms.ts'
import { type Term, termOf, terms } from './terms.ts'

export interface Names {
  /** The names by which the person is called. */
  readonly person?: readonly string[]
  readonly character?: readonly string[]
}

/** A question, taken apart. */
export interface Question {
  /** The telling words, each once, in order. */
  readonly words: readonly Term[]
  /** Those of them that are written like names. */
  readonly proper: ReadonlySet<string>
  /** What may stand for a word, each with the word. */
  readonly similar: ReadonlyMap<string, string>
  /** Words that stand side by side. */
  readonly pairs: readonly (readonly [string, string])[]
  readonly asksWhen: boolean
  readonly asksHowMany: boolean
  /** Whose words are asked about. */
  readonly about: 'person' | 'character' | null
  readonly dates: readonly Span[]
}

const mostWords = 32
/** Nobody's word. With it beside them, stop words are never all that there is, and so never looked for. */
const tellingWord = 'qxzjv'
/** Words that a question is made with, beyond the stop words of the full text. */
const askingWords = new Set(
  `about after against all also am any because before being between both can could does doing done down during each few
  get give go going got how however just kind kinds know let like lot lots many may maybe might more most much need new
  now off ok okay one other others over own please really remember said same say says should some something sort such
  tell than these thing things think those through time times type types under until up upon use used using very want
  way well were what which while would yes yet her him hers its theirs mine yours ever still since here likely shall talk chat
  potentially would's hasn haven isnt arent doesnt didnt wont cant`
    .split(/\s+/)
    .map(termOf),
)
/** Asking words that tell something after all, where they are all that there is. */
const withSense = new Set(['like', 'new', 'use', 'time', 'want', 'need'].map(termOf))

const whenPattern =
  /\bwhen\b|\b(?:what|which)\s+(?:\w+\s+)?(?:day|date|month|year|time|week|weekend)\b|\bhow\s+(?:long|recently|soon)\b/i
const howManyPattern = /\bhow\s+(?:many|much|often|old|long|far|big|tall)\b|\bwhat\s+(?:age|number|amount)\b/i
const iPattern = /\b(?:i|me|my|mine|myself|i'm|i've|i'd)\b/i
const youPattern = /\b(?:you|your|yours|yourself)\b/i

function tellingTerms(text: string): ReadonlySet<string> {
  const telling = new Set<string>()
  toTsquery(`${text.replace(/["“”„«»]/g, ' ')} ${tellingWord}`, term => {
    telling.add(term)
    return term
  })
  return telling
}

/** @param now what `last spring` is reckoned from */
export function readQuestion(text: string, now: Date, names: Names = {}): Question {
  const called = (list: readonly string[] = []) => new Set(list.flatMap(name => terms(name).map(({ term }) => term)))
  const [personNames, characterNames] = [called(names.person), called(names.character)]
  const all = terms(text)
  const telling = tellingTerms(all.map(({ plain }) => plain).join(' '))
  const found = new Map<string, Term>()
  const later = new Map<string, Term>()
  for (const each of all) {
    const isTelling = telling.has(termOf(each.plain)) || telling.has(plainStem(each.plain))
    if (!isTelling || personNames.has(each.term) || characterNames.has(each.term)) continue
    if (!askingWords.has(each.term)) found.set(each.term, each)
    else if (withSense.has(each.term)) later.set(each.term, each)
  }
  const words = [...(found.size > 0 ? found : later).values()].slice(0, mostWords)
  const asked = new Set(words.map(({ term }) => term))
  const similar = new Map<string, string>()
  for (const { term } of words)
    for (const other of synonyms.get(term) ?? []) if (!asked.has(other) && !similar.has(other)) similar.set(other, term)
  const pairs = all
    .slice(1)
    .map((each, index) => [all[index]?.term ?? '', each.term] as const)
    .filter(([one, other]) => asked.has(one) && asked.has(other))
  const named = (set: ReadonlySet<string>) => all.some(({ term }) => set.has(term))
  return {
    words,
    proper: properIn(text),
    similar,
    pairs,
    asksWhen: whenPattern.test(text),
    asksHowMany: howManyPattern.test(text),
    about: aboutWhom(named(personNames), named(characterNames), text),
    dates: readDates(text, now),
  }
}

/** Words with a capital that do not begin a sentence. */
const properIn = (text: string): ReadonlySet<string> =>
  new Set([...text.matchAll(/(?<=[\p{L}\p{N},;:'’"“)]\s+["“(]?)\p{Lu}[\p{L}\p{N}]+/gu)].map(([word]) => termOf(word)))

const plainStem = (plain: string): string => {
  let stem = plain
  toTsquery(plain, term => {
    stem = term
    return term
  })
  return stem
}

function aboutWhom(person: boolean, character: boolean, text: string): Question['about'] {
  if (person !== character) return person ? 'person' : 'character'
  if (person) return null
  const [me, you] = [iPattern.test(text), youPattern.test(text)]
  return me === you ? (me ? 'person' : null) : me ? 'person' : 'character'
}
