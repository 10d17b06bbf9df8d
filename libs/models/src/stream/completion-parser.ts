import type { FinishReason, ToolCallEvent } from '../events.ts'
import type { CompletionChunk, CompletionDelta, WireUsage } from './chunk.ts'
import { finishReason } from './finish-reason.ts'
import { MalformedStream, SseReader } from './sse-reader.ts'
import { ToolCallAssembler } from './tool-calls.ts'

export interface ParserLimits {
  /** Most UTF-16 units of text, thinking and tool arguments in one answer. */
  maxCharacters: number
}

/** What a parser tells. `onText` is called in the turn of the event loop in which the bytes came. */
export interface ParserSink {
  onText(text: string): void
  /** The model is at work but has nothing to show: thinking, or a part of a tool call. */
  onProgress(): void
}

/** How a stream ended. */
export interface ParsedEnd {
  reason: FinishReason
  cut?: 'characters'
  toolCalls: readonly ToolCallEvent[]
  usage: WireUsage | undefined
}

/** The provider said inside its stream that it failed. */
export class ErrorInStream extends Error {
  override readonly name = 'ErrorInStream'
  readonly code: string | undefined

  constructor(code: string | undefined) {
    super('it reported an error in the middle of its answer')
    this.code = code
  }
}

const loneSurrogate = /\p{Surrogate}/u

/**
 * Turns the bytes of an OpenAI chat completion stream into text, tool calls and an end. Pure: no timers, no network.
 * `push` and `end` throw {@link MalformedStream} and {@link ErrorInStream}; `ended` is set once the answer is whole.
 */
export class CompletionParser {
  readonly #sink: ParserSink
  readonly #limits: ParserLimits
  readonly #reader: SseReader
  readonly #toolCalls = new ToolCallAssembler()
  #held = ''
  #seen = false
  #text = 0
  #thinking = 0
  #reason: FinishReason | undefined
  #usage: WireUsage | undefined
  /** Set when nothing more can follow: after [DONE], or cut at the limit. */
  ended: ParsedEnd | undefined

  constructor(sink: ParserSink, limits: ParserLimits) {
    this.#sink = sink
    this.#limits = limits
    this.#reader = new SseReader(data => this.#event(data))
  }

  /** True once the model said why it stopped: text is whole, only usage and [DONE] may follow. */
  get isFinished(): boolean {
    return this.#reason !== undefined
  }

  push(bytes: Buffer): void {
    if (!this.ended) this.#reader.push(bytes)
  }

  /** The response is over. Returns the end, or throws when the answer is not whole. */
  end(): ParsedEnd {
    if (!this.ended) this.#reader.end()
    if (!this.ended && this.#reason === undefined)
      throw new MalformedStream('it closed the stream before the answer was whole')
    return this.ended ?? this.settle()
  }

  /** The end as known now; only after {@link isFinished} or `ended`. */
  settle(): ParsedEnd {
    this.ended ??= { reason: this.#reason ?? 'stop', toolCalls: this.#toolCalls.finish(), usage: this.#usage }
    return this.ended
  }

  /** An answer that came whole, from a server that does not stream. */
  whole(json: string): ParsedEnd {
    this.#event(json)
    return this.end()
  }

  #event(data: string): void {
    if (this.ended) return
    if (data === '[DONE]') {
      if (!this.#seen) throw new MalformedStream('it ended its answer without having begun it')
      this.#flushHeld()
      this.settle()
      return
    }
    const chunk = parseChunk(data)
    if (chunk.error) throw new ErrorInStream(errorCode(chunk.error))
    if (chunk.usage) this.#usage = chunk.usage
    const choice = chunk.choices?.[0]
    if (!choice) return
    this.#seen = true
    const delta = choice.delta ?? choice.message
    if (delta) this.#delta(delta)
    if (choice.finish_reason && !this.ended) this.#finish(choice.finish_reason)
  }

  #delta(delta: CompletionDelta): void {
    if (delta.tool_calls?.length) {
      for (const part of delta.tool_calls) this.#toolCalls.add(part)
      this.#sink.onProgress()
    }
    const text = delta.content || delta.refusal
    if (text) this.#show(text)
    else {
      const thinking = delta.reasoning_content || delta.reasoning
      if (thinking) {
        this.#thinking += thinking.length
        this.#sink.onProgress()
      }
    }
    if (this.#thinking + this.#toolCalls.length > this.#limits.maxCharacters) {
      throw new MalformedStream(`it thought or called tools for more than ${this.#limits.maxCharacters} characters`)
    }
  }

  /** Holds back half a surrogate pair, so that every delta can be written as UTF-8 by itself. */
  #show(content: string): void {
    let text = this.#held === '' ? content : this.#held + content
    this.#held = ''
    const last = text.charCodeAt(text.length - 1)
    if (last >= 0xd800 && last <= 0xdbff) {
      this.#held = text.slice(-1)
      text = text.slice(0, -1)
    }
    const room = this.#limits.maxCharacters - this.#text
    if (text.length > room) {
      this.#emit(cutAt(text, room))
      this.#held = ''
      this.ended = { reason: 'length', cut: 'characters', toolCalls: [], usage: undefined }
      return
    }
    this.#emit(text)
  }

  #emit(text: string): void {
    if (text === '') return
    this.#text += text.length
    this.#sink.onText(loneSurrogate.test(text) ? text.replace(/\p{Surrogate}/gu, '\ufffd') : text)
  }

  #flushHeld(): void {
    if (this.#held === '') return
    this.#held = ''
    this.#emit('\ufffd')
  }

  #finish(word: string): void {
    const reason = finishReason(word)
    if (reason === null) throw new ErrorInStream(undefined)
    this.#flushHeld()
    this.#reason = reason
  }
}

function parseChunk(data: string): CompletionChunk {
  let value: unknown
  try {
    value = JSON.parse(data)
  } catch {
    throw new MalformedStream('it sent an event that is no JSON')
  }
  if (typeof value !== 'object' || value === null) throw new MalformedStream('it sent an event that is no JSON object')
  return value as CompletionChunk
}

function errorCode(error: NonNullable<CompletionChunk['error']>): string | undefined {
  if (typeof error === 'string') return undefined
  const code = error.code ?? error.type
  return typeof code === 'string' || typeof code === 'number' ? String(code) : undefined
}

/** The first `room` UTF-16 units, never half a pair. */
function cutAt(text: string, room: number): string {
  const cut = text.slice(0, Math.max(0, room))
  const last = cut.charCodeAt(cut.length - 1)
  return last >= 0xd800 && last <= 0xdbff ? cut.slice(0, -1) : cut
}
