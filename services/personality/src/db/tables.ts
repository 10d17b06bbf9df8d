import type { ColumnType, Generated } from 'kysely'

/** Under whose key a body is sealed: its owner's, its workspace's, or the open one that every reader has. */
export type Shelf = 'private' | 'workspace' | 'public'

export interface CharacterTable {
  id: string
  /** Null for those that come with Luna. */
  owner_id: string | null
  workspace_id: string | null
  visibility: Shelf
  /** Keyed words of the slug under the shelf's key: one slug once on each shelf. */
  slug_key: string
  version: number
  language: string
  /** Keyed tags, for filters and facets. */
  tag_keys: string[]
  lexemes: ColumnType<never, string, string>
  /** What a list shows. */
  head: Buffer
  body: Buffer
  avatar: string | null
  built_in: Generated<boolean>
  created_at: Generated<Date>
  updated_at: Generated<Date>
}

export interface VersionTable {
  character_id: string
  version: number
  owner_id: string | null
  shelf: Shelf
  workspace_id: string | null
  /** Names of the fields that changed. */
  changed: string[]
  body: Buffer
  at: Generated<Date>
}

export interface UsageTable {
  character_id: string
  person_id: string
  turns: Generated<number>
  tokens: Generated<number>
  milliseconds: Generated<number>
  generations: Generated<number>
  stars: number | null
}

export interface MoodTable {
  person_id: string
  character_id: string
  enabled: Generated<boolean>
  version: Generated<number>
}

/** One row a turn: its impression, and the mind after it. */
export interface MoodTurnTable {
  person_id: string
  character_id: string
  turn_id: string
  conversation_id: string
  at: Date
  sentiment: number
  energy: number
  laughed: boolean
  valence: number
  arousal: number
  empathy: number
  humour: number
  patience: number
}

export interface PersonaTable {
  id: string
  person_id: string
  body: Buffer
  is_default: boolean
  version: Generated<number>
}

export interface LorebookTable {
  id: string
  person_id: string
  scope: 'person' | 'character' | 'conversation'
  target_id: string | null
  entries: number
  body: Buffer
  version: Generated<number>
}

export interface ConversationTable {
  person_id: string
  conversation_id: string
  /** Turns that have ended. */
  turns: Generated<number>
  persona_id: string | null
  greeting: Generated<number>
  cast_ids: Generated<string[]>
  speaker_order: Generated<'natural' | 'list' | 'chosen'>
  /** Who has spoken since the person did. */
  spoken: Generated<string[]>
  /** Who is to speak after which turn; null once chat has been asked. */
  next_speaker: string | null
  next_after: string | null
  /** Scene, ending and what was reached: sealed, since scenes have names. */
  story: Buffer | null
  lore: Generated<unknown>
  version: Generated<number>
}

export interface GenerationTable {
  id: string
  person_id: string
  state: 'running' | 'done' | 'failed'
  body: Buffer
  updated_at: Generated<Date>
}

export interface Tables {
  characters: CharacterTable
  character_versions: VersionTable
  character_usage: UsageTable
  moods: MoodTable
  mood_turns: MoodTurnTable
  personas: PersonaTable
  lorebooks: LorebookTable
  conversations: ConversationTable
  generations: GenerationTable
}
