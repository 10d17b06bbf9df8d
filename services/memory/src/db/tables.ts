import type { ColumnType, Generated } from 'kysely'

/** What memory knows of where a conversation stands. */
export interface ConversationTable {
  person_id: string
  conversation_id: string
  /** The active leaf when chat was last asked; null for an empty conversation. */
  leaf_id: string | null
  /** The conversation's version at that look: later looks have higher ones. -1 before the first. */
  version: Generated<number>
  /** The conversation's revision at that look. */
  revision: Generated<number>
  /** The highest revision that an event has told of; above `revision`, what is stored may be out of date. */
  heard: Generated<number>
  /** A tombstone: nothing of it may be stored again. */
  gone: Generated<boolean>
}

/** A raw turn of speech, one row a message; never changed, only switched on and off with the active branch. */
export interface EpisodeTable {
  person_id: string
  message_id: string
  conversation_id: string
  parent_id: string | null
  turn_id: string | null
  character_id: string | null
  speaker: 'person' | 'character' | 'system'
  said_at: Date
  active: boolean
  /** The words, sealed with the person's key. */
  text: Buffer
  /** Keyed words of the text. */
  lexemes: ColumnType<never, string, never>
  /** Number of words: the length that BM25 reckons with. */
  words: number
}

/** Messages that were deleted: nothing of them may be stored again, whatever arrives late. */
export interface ForgottenTable {
  person_id: string
  message_id: string
  conversation_id: string
}

export interface Tables {
  conversations: ConversationTable
  episodes: EpisodeTable
  forgotten: ForgottenTable
}
