import type { ToolCallEvent } from '../events.ts'
import type { ToolCallPart } from './chunk.ts'

/**
 * Puts streamed tool calls together. Parts belong together by `index`; servers that leave it out or send 0 for every call
 * (Gemini's compatible address) start a new call with each new id.
 */
export class ToolCallAssembler {
  readonly #calls: { index: number | undefined; id: string; name: string; arguments: string }[] = []
  /** UTF-16 units of arguments so far. */
  length = 0

  add(part: ToolCallPart): void {
    const id = part.id ?? ''
    const name = part.function?.name ?? ''
    const text = part.function?.arguments ?? ''
    this.length += text.length + name.length
    const last = this.#calls.at(-1)
    const call =
      part.index === undefined
        ? id === '' || id === last?.id
          ? last
          : undefined
        : this.#calls.findLast(each => each.index === part.index && (id === '' || each.id === '' || each.id === id))
    if (!call) {
      this.#calls.push({ index: part.index, id, name, arguments: text })
      return
    }
    call.id ||= id
    call.name ||= name
    call.arguments += text
  }

  /** The calls in the order in which they began. A call without an id gets one by its place. */
  finish(): ToolCallEvent[] {
    return this.#calls.map((call, place) => ({
      type: 'tool-call',
      id: call.id || `call_${place}`,
      name: call.name,
      arguments: call.arguments,
      input: objectOf(call.arguments),
    }))
  }
}

function objectOf(text: string): Record<string, unknown> | null {
  if (text.trim() === '') return {}
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null
  } catch {
    return null
  }
}
