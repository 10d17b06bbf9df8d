import type { LunaError, Usage } from '@luna/contracts'
import { type AnswerHead, completion } from './chunks.ts'
import type { CompletionListener, FinishReason, ToolCallGiven } from './listener.ts'

/** Gathers a completion into one body. */
export class WholeAnswer implements CompletionListener {
  readonly #head: AnswerHead
  readonly #done: (body: ReturnType<typeof completion>) => void
  readonly #refused: (error: LunaError) => void
  #text = ''
  readonly #calls: ToolCallGiven[] = []

  constructor(
    head: AnswerHead,
    done: (body: ReturnType<typeof completion>) => void,
    refused: (error: LunaError) => void,
  ) {
    this.#head = head
    this.#done = done
    this.#refused = refused
  }

  text(text: string): void {
    this.#text += text
  }

  toolCalls(calls: readonly ToolCallGiven[]): void {
    this.#calls.push(...calls)
  }

  ended(reason: FinishReason, usage: Usage): void {
    this.#done(completion(this.#head, { text: this.#text, calls: this.#calls, reason, usage }))
  }

  failed(error: LunaError): void {
    this.#refused(error)
  }
}
