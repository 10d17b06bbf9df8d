import { stemmer } from 'stemmer'
import { fold } from './fold.ts'

/** One word of a text as it is indexed. */
export interface Word {
  /** Folded and, where it is written in a-z, stemmed. */
  term: string
  /** Folded only. */
  plain: string
  /** Counts words from 1. */
  position: number
  /** Words of one group are the overlapping pairs of one unspaced run: a match needs them side by side. */
  group: number
  /** A word of one character inside such a run: to be found when it is asked for alone. */
  indexOnly?: true
}

const segmenter = new Intl.Segmenter('und', { granularity: 'word' })
const unspaced = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}ー々]+$/u
const english = /^[a-z]+$/
const inner = /[\p{L}\p{N}\p{M}]+/gu
const decimal = /^\p{N}+([.,]\p{N}+)+$/u
const elision = /(?<![\p{L}\p{N}])(?:[cdjlmnst]|qu|jusqu|lorsqu|un|all|dall|dell|nell|sull)['’](?=\p{L}{2})/gu
const possessive = /(?<=\p{L})['’]s(?![\p{L}\p{N}])/gu
const innerApostrophe = /(?<=[\p{L}\p{N}])['’](?=[\p{L}\p{N}])/gu
const longestWord = 64

/**
 * The words of a text, in reading order.
 *
 * Words are found by `Intl.Segmenter` (dictionaries for Thai, Lao, Khmer and Burmese). A run of Han, kana or Hangul gives its
 * overlapping pairs of characters instead of dictionary words, because those change with their neighbours and with the
 * version of the dictionary, and an index must not. Words in a-z get Porter stems whatever their language: text and query are
 * treated alike, so that for other languages it only widens the match. Words over 64 characters are cut there.
 */
export function* words(text: string): Generator<Word, undefined> {
  let position = 0
  let group = 0
  let run: string[] = []
  for (const { segment, isWordLike } of segments(apostrophesOut(fold(text)))) {
    if (isWordLike && unspaced.test(segment)) {
      run.push(segment)
      continue
    }
    if (run.length > 0) {
      group += 1
      yield* pairs(run, position, group)
      position += pairsIn(run)
      run = []
    }
    if (!isWordLike) continue
    for (const part of parts(segment)) {
      position += 1
      group += 1
      yield { term: english.test(part) ? stemmer(part) : part, plain: part, position, group }
    }
  }
  if (run.length > 0) yield* pairs(run, position, group + 1)
}

const plainScript = /^[\0-\x7f]*$/
const plainWords = /\d+(?:[.,]\d+)+(?![a-z0-9])|[a-z0-9]+/g

/** What the segmenter finds in ASCII a pattern finds twenty times as fast; see the test that compares them. */
function* segments(folded: string): Generator<{ segment: string; isWordLike?: boolean | undefined }> {
  if (!plainScript.test(folded)) return yield* segmenter.segment(folded)
  for (const [segment] of folded.matchAll(plainWords)) yield { segment, isWordLike: true }
}

const pairsIn = (run: string[]): number => Math.max(1, [...run.join('')].length - 1)

function* pairs(run: string[], before: number, group: number): Generator<Word> {
  const characters = [...run.join('')]
  const count = pairsIn(run)
  for (let index = 0; index < count; index += 1) {
    const term = characters.slice(index, index + 2).join('')
    yield { term, plain: term, position: before + index + 1, group }
  }
  if (characters.length === 1) return
  let index = 0
  for (const segment of run) {
    const length = [...segment].length
    if (length === 1)
      yield { term: segment, plain: segment, position: before + Math.min(index + 1, count), group, indexOnly: true }
    index += length
  }
}

/** The words that a query asks for. */
export const asked = (text: string): Word[] => [...words(text)].filter(word => !word.indexOnly)

/** The terms of a text without positions or key, for use inside a process. */
export const plainTokens = (text: string): string[] => asked(text).map(word => word.term)

/** `l'amour` is amour, `anna's` is anna, `don't` is dont. */
const apostrophesOut = (folded: string): string =>
  folded.replace(possessive, '').replace(elision, '').replace(innerApostrophe, '').replaceAll('_', ' ')

/** `example.com` is example and com, `3.14` stays. */
function parts(segment: string): string[] {
  if (decimal.test(segment)) return [segment]
  return (segment.match(inner) ?? []).map(part =>
    part.length > longestWord ? [...part].slice(0, longestWord).join('') : part,
  )
}
