import type { LunaError, Usage } from '@luna/contracts'
import type { SseStream } from '../sse/sse-stream.ts'
import { type AnswerHead, chunk, toolCallsOf, usageChunk } from './chunks.ts'
import { toOpenAIError } from './errors.ts'
import type { CompletionListener, FinishReason, ToolCallGiven } from './listener.ts'

/** Writes a completion as chunks. The head of the response waits for the first, so that an early error is a plain one. */
export class StreamedAnswer implements CompletionListener {
  readonly #stream: SseStream
  readonly #head: AnswerHead
  readonly #includeUsage: boolean
  readonly #refused: (error: LunaError) => void
  #begun = false
  #calls = 0

  /** @param refused told of an error while nothing has been sent */
  constructor(stream: SseStream, head: AnswerHead, includeUsage: boolean, refused: (error: LunaError) => void) {
    this.#stream = stream
    this.#head = head
    this.#includeUsage = includeUsage
    this.#refused = refused
  }

  text(content: string): void {
    this.#begin()
    this.#stream.event(chunk(this.#head, { content }))
  }

  toolCalls(calls: readonly ToolCallGiven[]): void {
    this.#begin()
    const indexed = toolCallsOf(calls).map((call, index) => ({ index: this.#calls + index, ...call }))
    this.#calls += calls.length
    this.#stream.event(chunk(this.#head, { tool_calls: indexed }))
  }

  ended(reason: FinishReason, usage: Usage): void {
    this.#begin()
    this.#stream.event(chunk(this.#head, {}, reason))
    if (this.#includeUsage) this.#stream.event(usageChunk(this.#head, usage))
    this.#stream.event('[DONE]')
    this.#stream.end()
  }

  /** Without `[DONE]`: what came is not whole. */
  failed(error: LunaError): void {
    if (!this.#stream.begun) return this.#refused(error)
    this.#stream.event(JSON.stringify(toOpenAIError(error)))
    this.#stream.end()
  }

  #begin(): void {
    if (this.#begun) return
    this.#begun = true
    this.#stream.event(chunk(this.#head, { role: 'assistant', content: '' }))
  }
}
