import type { LunaError, Message, TurnSoFar } from '@luna/contracts'
import type { LiveFrame } from './frame.ts'

export interface Snapshot {
  conversationId: string
  cursor: string
  messages: readonly Message[]
  turn: TurnSoFar | null
}

/** Where a watcher's frames go: a socket, an SSE response, a completion. Nothing is called after `stop`. */
export interface Sink {
  frame(frame: LiveFrame): void
  /** The watcher asked for what comes after this cursor, and gets all of it. */
  recovered(cursor: string): void
  /** Replaces what was known of the conversation. */
  snapshot(snapshot: Snapshot): void
  /** Cannot be watched (not there, not this person's: the watcher has stopped); or, when retryable, not yet. */
  failed(error: LunaError): void
  typing?(userId: string, sessionId: string): void
}
