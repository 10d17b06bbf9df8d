import type { Receipt, Route } from '@luna/contracts'
import type { ClaimedTurn } from './claimed-turn.ts'
import type { ConversationFrames } from './conversation-frames.ts'
import type { TurnOutput } from './turn-output.ts'

/** Why a running turn is told to end. */
export type StopReason = 'cancelled' | 'deadline' | 'draining' | 'fenced' | 'deleted'

/** A turn while this process runs it. */
export interface TurnRun {
  readonly turn: ClaimedTurn
  readonly frames: ConversationFrames
  readonly abort: AbortController
  /** Null until `turn.started` is out. */
  output: TurnOutput | null
  route: Route | null
  stopReason: StopReason | null
  /** What tools were asked for in this attempt, for the receipt. */
  readonly tools: NonNullable<Receipt['tools']>
  /** Decisions of the person on proposed tool calls, by call id. */
  readonly decisions: Map<string, (decision: 'once' | 'always' | 'never' | 'deny') => void>
}

export function stopRun(run: TurnRun, reason: StopReason): void {
  run.stopReason ??= reason
  run.abort.abort()
}
