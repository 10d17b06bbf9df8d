import type { ErrorBody, Message, Receipt, Route, ServerFrame, Turn, Usage } from '@luna/contracts'

/** Where in the text a delta began; a list from the newest back, shared between states. */
export interface Mark {
  seq: number
  offset: number
  before: Mark | null
}

export interface ToolCall {
  callId: string
  name: string
  status: Extract<ServerFrame, { type: 'turn.tool' }>['status']
  summary?: string
}

/** A turn that has not ended, with its text so far. */
export interface RunningTurn {
  turnId: string
  state: 'queued' | 'running'
  /** Turns before it in the queue. */
  ahead: number
  attempt: number
  /** The last seq folded in; -1 before the first. */
  seq: number
  text: string
  marks: Mark | null
  /** The part of the text that came in one piece with a snapshot, and the seq up to which it goes. */
  base: { seq: number; length: number } | null
  tools: readonly ToolCall[]
  route: Route | null
  characterId: string | null
  /** The message being answered; undefined while not known. */
  parentId: string | null | undefined
  /** Why text of this attempt was withdrawn, the last reason. */
  withdrawn: string | null
  /** Part of the text could not be followed: only a snapshot makes it whole again. */
  stale: boolean
}

/** How a turn ended. The first end of a turn stands. */
export interface EndedTurn {
  turnId: string
  end: 'completed' | 'failed' | 'cancelled'
  attempt: number
  messageId: string | null
  parentId: string | null | undefined
  receipt: Receipt | null
  usage: Usage | null
  error: ErrorBody | null
}

/** A message of one's own whose place is only known once the turn before it has ended. */
export interface Floating {
  messageId: string
  afterTurnId: string
}

/** What a client knows of one conversation. Frozen data: every frame makes a new state. */
export interface ConversationState {
  conversationId: string
  /** False until the first snapshot or page. */
  loaded: boolean
  messages: Readonly<Record<string, Message>>
  /** The end of the branch that is looked at. */
  leafId: string | null
  /** By turn id, in the order they were announced. */
  running: Readonly<Record<string, RunningTurn>>
  ended: Readonly<Record<string, EndedTurn>>
  floating: readonly Floating[]
  /** Turns that are known of, are not running by what has been seen, and whose end has not been seen. */
  awaited: readonly string[]
}

/** Facts from this side of the line that a conversation is folded from, beside the server's frames. */
export type LocalFrame =
  /** One's own message was accepted: it is shown before any frame brings it. */
  | {
      type: 'local.sent'
      conversationId: string
      messageId: string
      turnId: string
      text: string
      parentId?: string | undefined
      createdAt: string
      /** It made the conversation: there is nothing else in it. */
      first?: boolean
    }
  /** What became of a turn whose end no frame brought. */
  | { type: 'local.turn'; turn: Turn }
  /** Messages read over REST: older pages, edits, ratings. */
  | { type: 'local.messages'; messages: readonly Message[] }
  /** Looks at another branch. */
  | { type: 'local.leaf'; leafId: string | null }

export const emptyConversation = (conversationId: string): ConversationState => ({
  conversationId,
  loaded: false,
  messages: {},
  leafId: null,
  running: {},
  ended: {},
  floating: [],
  awaited: [],
})
