import { stopWords } from './stop-words.ts'
import { asked, type Word } from './words.ts'

/** `all`: every word must occur; `any`: one is enough (rank by `ts_rank`). */
export type QueryMode = 'all' | 'any'

const longestQuery = 64
const quoted = /"([^"]+)"|“([^”]+)”|„([^“”]+)[“”]|«([^»]+)»/g

/**
 * What a person typed as the input form of `tsquery`. Text in quotation marks is a phrase. Stop words are left out, unless
 * there is nothing else; they are in the index, so that phrases with them are found. Without words: null. At most 64 words.
 * There is no prefix search: see `lexemes`.
 */
export function toTsquery(text: string, lexeme: (term: string) => string, mode: QueryMode = 'all'): string | null {
  const phrases: Word[][] = []
  const loose = text.replace(quoted, (_, ...found: unknown[]) => {
    const phrase = found.slice(0, 4).find(part => typeof part === 'string')
    const inPhrase = typeof phrase === 'string' ? asked(phrase) : []
    if (inPhrase.length > 0) phrases.push(inPhrase)
    return ' '
  })
  const runs = byGroup(asked(loose))
  const telling = runs.filter(run => run.some(word => !stopWords.has(word.plain)))
  const kept = phrases.length > 0 || telling.length > 0 ? telling : runs
  const operands = new Set<string>()
  let count = 0
  for (const run of [...phrases, ...kept]) {
    const room = run.slice(0, longestQuery - count)
    if (room.length === 0) break
    count += room.length
    operands.add(sideBySide(room.map(word => `'${lexeme(word.term)}'`)))
  }
  return operands.size > 0 ? [...operands].join(mode === 'all' ? ' & ' : ' | ') : null
}

const sideBySide = (lexemes: string[]): string =>
  lexemes.length === 1 ? (lexemes[0] ?? '') : `(${lexemes.join(' <-> ')})`

function byGroup(found: Iterable<Word>): Word[][] {
  const groups = new Map<number, Word[]>()
  for (const word of found) {
    const group = groups.get(word.group)
    if (group) group.push(word)
    else groups.set(word.group, [word])
  }
  return [...groups.values()]
}
