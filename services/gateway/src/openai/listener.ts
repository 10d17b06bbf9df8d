import type { LunaError, Usage } from '@luna/contracts'

export type FinishReason = 'stop' | 'length' | 'tool_calls' | 'content_filter'

export interface ToolCallGiven {
  id: string
  name: string
  arguments: string
}

/** What a completion yields, kept or not. After `ended` or `failed` nothing comes. */
export interface CompletionListener {
  text(text: string): void
  toolCalls(calls: readonly ToolCallGiven[]): void
  ended(reason: FinishReason, usage: Usage): void
  failed(error: LunaError): void
}
