import { hasNumber, hasTime, isQuestion } from './signs.ts'
import { terms } from './terms.ts'

export type Speaker = 'person' | 'character' | 'system'

/** What the index is told of a turn of speech or a memory. */
export interface Source {
  readonly id: string
  readonly kind: 'episode' | 'memory'
  /** The conversation; a memory that came from none is a session of its own. */
  readonly session: string
  /** The turn before, in the same session. */
  readonly parentId: string | null
  readonly speaker: Speaker
  readonly characterId: string | null
  /** Milliseconds since 1970: when it was said; of a memory, when what it says began to hold. */
  readonly at: number
  /** Of a memory: when it ceased to hold. */
  readonly until?: number | null
  readonly pinned?: boolean
  readonly importance?: number
  readonly text: string
}

/** A source without its text: all that is kept in memory. */
export interface Document extends Omit<Source, 'text'> {
  readonly terms: readonly string[]
  readonly question: boolean
  readonly time: boolean
  readonly number: boolean
}

export function toDocument({ text, ...source }: Source): Document {
  return {
    ...source,
    terms: terms(text).map(({ term }) => term),
    question: isQuestion(text),
    time: hasTime(text),
    number: hasNumber(text),
  }
}
