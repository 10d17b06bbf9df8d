import type { MemoryKind } from '@luna/contracts'

/** A turn of speech as an extractor reads it. */
export interface Turn {
  readonly messageId: string
  readonly speaker: 'person' | 'character'
  readonly text: string
  readonly at: Date
}

/** A sentence of a turn, in UTF-16 units. */
export interface Cited {
  readonly messageId: string
  readonly from: number
  readonly to: number
}

/** What is said of a memory that is new. */
export interface Draft {
  readonly text: string
  readonly kind: MemoryKind
  readonly subject: string
  /** Names what can only hold one value at a time, such as `home`; null: there may be many. */
  readonly predicate: string | null
  readonly entities: readonly string[]
  readonly tags: readonly string[]
  readonly importance: number
  readonly valence: number
  readonly confidence: number
  readonly sensitivity: 'normal' | 'sensitive'
  readonly validFrom: Date | null
  readonly validTo: Date | null
}

/** What an extractor wants done. Every operation cites what the person said. */
export type Operation =
  | { readonly op: 'ADD'; readonly draft: Draft; readonly cited: readonly Cited[] }
  /** Says the same more fully, or something else instead: either way the old version is closed. */
  | {
      readonly op: 'UPDATE' | 'SUPERSEDE'
      readonly memoryId: string
      readonly draft: Draft
      readonly cited: readonly Cited[]
    }
  /** The person has taken it back. */
  | { readonly op: 'DELETE'; readonly memoryId: string; readonly cited: readonly Cited[] }
  | { readonly op: 'NOOP'; readonly memoryId: string; readonly cited: readonly Cited[] }

/** Draft fields that an extractor need not say. */
export const draftOf = (draft: Pick<Draft, 'text' | 'kind'> & Partial<Draft>): Draft => ({
  subject: 'user',
  predicate: null,
  entities: [],
  tags: [],
  importance: 2,
  valence: 0,
  confidence: 0.8,
  sensitivity: 'normal',
  validFrom: null,
  validTo: null,
  ...draft,
})
