import type { Usage } from '@luna/contracts'

/** Who answers: provider and model by name; `attempt` counts requests to any provider, from 1. */
export interface ModelRoute {
  provider: string
  model: string
  attempt: number
}

/** A provider that was passed over, and why in a few words without anything private. */
export interface FailedOver {
  provider: string
  reason: string
}

/** Why the model stopped. `other`: a word that Luna does not know. */
export type FinishReason = 'stop' | 'length' | 'tool-calls' | 'content-filter' | 'other'

/**
 * What a stream says, in this order: one `route`, then deltas, then tool calls, then `usage`, then `finish`. A `restart`
 * may come instead of what should follow: everything since the last `route` or `restart` is void, and the stream goes on
 * from the beginning with the new route. A stream that does not end with `finish` throws.
 */
export type ModelEvent =
  | ({ type: 'route'; failedOver: readonly FailedOver[] } & ModelRoute)
  | { type: 'delta'; text: string }
  | ToolCallEvent
  | { type: 'restart'; reason: string; route: ModelRoute; failedOver: readonly FailedOver[] }
  | { type: 'usage'; usage: Usage }
  | FinishEvent

/** A whole tool call. `input` is its arguments when they are a JSON object, else null. */
export interface ToolCallEvent {
  type: 'tool-call'
  id: string
  name: string
  arguments: string
  input: Record<string, unknown> | null
}

export interface FinishEvent {
  type: 'finish'
  reason: FinishReason
  /** Set when Luna ended the answer at its own limit; the reason is then `length`. */
  cut?: 'characters'
  route: ModelRoute
  failedOver: readonly FailedOver[]
}
