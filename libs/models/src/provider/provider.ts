import type { Usage } from '@luna/contracts'
import type { FinishReason, ToolCallEvent } from '../events.ts'
import type { ChatRequest, ModelUse } from '../request.ts'

/** One place that models answer from. Faults are thrown or told as ProviderFault. */
export interface Provider {
  readonly name: string
  /** The responder that needs no model. */
  readonly builtIn: boolean
  /** Lower goes first. */
  readonly priority: number
  /** Share among providers of the same priority; undefined keeps the listed order. */
  readonly weight: number | undefined
  /** How long the first sign of life may take, in milliseconds. */
  readonly firstTokenMs: number
  readonly embeddingModel: string | undefined
  chatModel(use: ModelUse): string
  /** Starts at once; the sink hears exactly one `onEnd` or `onFault`, unless `abort` comes first. */
  stream(request: ChatRequest, model: string, sink: StreamSink): StreamHandle
  complete(request: ChatRequest, model: string, signal: AbortSignal): Promise<WholeAnswer>
  /** Vectors in the order of the texts. */
  embed(texts: readonly string[], model: string, signal: AbortSignal): Promise<{ vectors: number[][]; tokens?: number }>
}

export interface StreamSink {
  onText(text: string): void
  /** At work, with nothing to show. */
  onProgress(): void
  onEnd(end: StreamEnd): void
  onFault(fault: Error): void
}

export interface StreamEnd {
  reason: FinishReason
  cut?: 'characters'
  toolCalls: readonly ToolCallEvent[]
  /** Undefined when the provider did not say. */
  usage: Usage | undefined
}

export interface StreamHandle {
  /** Closes the connection at once; the sink hears nothing more. */
  abort(): void
  pause(): void
  resume(): void
}

export interface WholeAnswer extends StreamEnd {
  text: string
}
