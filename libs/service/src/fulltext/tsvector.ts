import { words } from './words.ts'

/** PostgreSQL's own bounds (textsearch-limitations): positions end at 16383, a lexeme has at most 256 of them. */
const lastPosition = 16_383
const positionsOfLexeme = 255
/** Different words that one text brings into the index; the words beyond them are not found. About 10,000 words of prose. */
export const lexemesOfText = 2_000

/**
 * A text as the input form of `tsvector`, such as `'x1':1,4 'y2':2`. At most 2,000 lexemes: below 100 KiB for any text whose
 * words do not all recur hundreds of times.
 * @param lexeme makes the stored form of a term: characters that need no quoting inside '...'
 */
export function toTsvector(text: string, lexeme: (term: string) => string): string {
  const places = new Map<string, number[]>()
  for (const { term, position } of words(text)) {
    const known = places.get(term)
    if (!known) {
      if (places.size < lexemesOfText) places.set(term, [Math.min(position, lastPosition)])
    } else if (position <= lastPosition && known.length < positionsOfLexeme) known.push(position)
  }
  return Array.from(places, ([term, positions]) => `'${lexeme(term)}':${positions.join(',')}`).join(' ')
}
