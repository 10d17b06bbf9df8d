import type { ErrorBody, RiskLevel, Route, TurnState, Usage } from '@luna/contracts'
import type { ColumnType, Generated } from 'kysely'

/** bytea: what a person wrote or was told, sealed with the person's key. */
type Sealed = Buffer

type Json<T> = ColumnType<T | null, string | null, string | null>

export interface ConversationTable {
  id: string
  person_id: string
  title: Sealed | null
  /** `person` titles are never overwritten by Luna. */
  title_by: Generated<'none' | 'words' | 'model' | 'person'>
  character_ids: string[]
  active_leaf_id: string | null
  private: boolean
  tags: Sealed | null
  /** Keyed hashes of the tags, to filter by. */
  tag_keys: Generated<string[]>
  /** Rises with every edit, regenerate, branch switch and delete. */
  revision: Generated<number>
  version: Generated<number>
  /** Position of the last stored frame: {@link Position}. */
  epoch: Generated<number>
  frame_n: Generated<number>
  running_turn_id: string | null
  /** From a sequence: lists are ordered by it, never by clocks. */
  activity: Generated<number>
  created_at: Generated<Date>
  updated_at: Generated<Date>
}

export interface MessageTable {
  id: string
  conversation_id: string
  person_id: string
  parent_id: string | null
  turn_id: string | null
  role: 'user' | 'assistant' | 'system'
  character_id: string | null
  /** Sealed JSON of {@link MessageBody}; the context is the message's id. */
  body: Sealed
  status: Generated<'complete' | 'stopped' | 'failed'>
  tags: Sealed | null
  tag_keys: Generated<string[]>
  search: ColumnType<never, string, string>
  /** False while its turn waits in the queue: its place in the tree is not known yet. */
  placed: Generated<boolean>
  version: Generated<number>
  seq: Generated<number>
  created_at: Generated<Date>
}

export interface TurnTable {
  id: string
  conversation_id: string
  person_id: string
  /** (person_id, client_id) is one turn. */
  client_id: string
  kind: 'send' | 'regenerate' | 'begin'
  state: TurnState
  attempt: Generated<number>
  holder: string | null
  /** Rises with every take-over; each commit of a holder must carry the one it was given. */
  fence: Generated<number>
  cancel_requested: Generated<boolean>
  /** The message that is answered. */
  parent_id: string | null
  /** False: the parent is the active leaf at the start. */
  parent_given: boolean
  user_message_id: string | null
  answer_message_id: string | null
  character_id: string | null
  /** Of a turn that the companion begins: sealed. */
  instruction: Sealed | null
  private: boolean
  risk: Generated<RiskLevel>
  receipt: Sealed | null
  route: Json<Route>
  usage: Json<Usage>
  error: Json<ErrorBody>
  first_token_ms: number | null
  seq: Generated<number>
  created_at: Generated<Date>
  started_at: Date | null
  ended_at: Date | null
}

/** What a tool answered, by turn and step: replayed into a next attempt instead of being run again. */
export interface ToolResultTable {
  turn_id: string
  step: number
  call_id: string
  person_id: string
  name: string
  /** `running` with no result after a take-over: the outcome is unknown. */
  status: 'proposed' | 'approved' | 'running' | 'done' | 'failed' | 'denied'
  body: Sealed
  created_at: Generated<Date>
}

export interface HolderTable {
  instance_id: string
  heartbeat_at: Generated<Date>
}

export interface FeedbackTable {
  message_id: string
  person_id: string
  conversation_id: string
  rating: 'up' | 'down'
  reason: Sealed | null
  created_at: Generated<Date>
}

export interface ShareTable {
  id: string
  person_id: string
  conversation_id: string
  token_hash: string
  snapshot: Sealed
  created_at: Generated<Date>
}

export interface SummaryTable {
  /** The last message the summary covers. */
  message_id: string
  person_id: string
  conversation_id: string
  body: Sealed
  messages: number
  tokens: number
  created_at: Generated<Date>
}

export interface Tables {
  conversations: ConversationTable
  messages: MessageTable
  turns: TurnTable
  tool_results: ToolResultTable
  holders: HolderTable
  feedback: FeedbackTable
  shares: ShareTable
  summaries: SummaryTable
}
