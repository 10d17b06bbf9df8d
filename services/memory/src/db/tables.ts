import type { MemoryKind } from '@luna/contracts'
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
  /** The person's change that last touched the row; written by a trigger. */
  seq: Generated<number>
  /** The extractor that has read it; null: none yet. */
  extracted: string | null
}

/** A person: how often anything of theirs has changed, and what they want. */
export interface PersonTable {
  person_id: string
  seq: Generated<number>
  paused: Generated<boolean>
  sharing: Generated<'shared' | 'character'>
}

/** Something known about a person, as it stands. */
export interface MemoryTable {
  person_id: string
  id: string
  version: Generated<number>
  character_id: string | null
  kind: MemoryKind
  origin: 'person' | 'model' | 'rules'
  extractor: string
  /** {@link MemoryBody} as JSON, sealed. */
  body: Buffer
  /** Keyed subject and predicate of what can only hold one value at a time. */
  slot: string | null
  /** Keyed hash of the folded text. */
  content_hash: string
  importance: number
  valence: number
  confidence: number
  sensitivity: 'normal' | 'sensitive'
  pinned: boolean
  observed_at: Date
  valid_from: Date | null
  valid_to: Date | null
  superseded_by: string | null
  superseded_at: Date | null
  used_count: Generated<number>
  used_at: Date | null
  lexemes: ColumnType<never, string, string>
  seq: ColumnType<number, never, never>
  created_at: Generated<Date>
  updated_at: Generated<Date>
}

export interface MemoryVersionTable {
  person_id: string
  memory_id: string
  version: number
  body: Buffer
  valid_from: Date | null
  valid_to: Date | null
  reason: string
  recorded_at: Generated<Date>
}

/** The message that a memory was concluded from. */
export interface MemorySourceTable {
  person_id: string
  memory_id: string
  message_id: string
  conversation_id: string
  /** True: without it the memory falls. False: it says the same, and holds the memory up alone. */
  needed: boolean
  /** The sentence, in UTF-16 units of the message. */
  from_char: number
  to_char: number
}

/** A stretch of a message that is not recalled any more: it was corrected, superseded or forgotten. */
export interface WithheldTable {
  person_id: string
  message_id: string
  from_char: number
  to_char: number
  /** The memory that says otherwise; while it does not stand, the stretch is recalled again. Null: for good. */
  because: string | null
}

/** Rows that are gone, so that indices in memory learn of it. */
export interface RemovalTable {
  person_id: string
  id: string
  seq: number
}

/** What was forgotten by hand: it is not learned again. */
export interface UnlearnedTable {
  person_id: string
  content_hash: string
  at: Generated<Date>
}

export interface SummaryTable {
  person_id: string
  conversation_id: string
  through: string
  messages: number
  body: Buffer
  extractor: string
  made_at: Generated<Date>
}

export interface VectorTable {
  person_id: string
  id: string
  kind: 'episode' | 'memory'
  model: string
  dimensions: number
  /** 32-bit floats, little endian, of length 1. */
  vector: Buffer
}

export interface JournalTable {
  person_id: string
  id: string
  version: Generated<number>
  body: Buffer
  mood: number | null
  created_at: Generated<Date>
  updated_at: Generated<Date>
}

/** A conversation that is to be read by the extractor. */
export interface ExtractionJobTable {
  person_id: string
  conversation_id: string
  /** Messages since it was last read. */
  messages: number
  due_at: Date
  claimed_until: Date | null
  /** Rises with every claim: who holds an older one writes nothing. */
  fence: number
  tries: number
}

/** A vector that Qdrant is to be told of. */
export interface ProjectionJobTable {
  seq: Generated<number>
  person_id: string
  /** Null: everything of the person. */
  id: string | null
  removed: boolean
  due_at: Generated<Date>
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
  persons: PersonTable
  memories: MemoryTable
  memory_versions: MemoryVersionTable
  memory_sources: MemorySourceTable
  withheld: WithheldTable
  removals: RemovalTable
  unlearned: UnlearnedTable
  summaries: SummaryTable
  vectors: VectorTable
  journal: JournalTable
  extraction_jobs: ExtractionJobTable
  projection_jobs: ProjectionJobTable
}
