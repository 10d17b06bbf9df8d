import type { Tool } from '@luna/contracts'
import type { ChatMessage, ToolCall } from '@luna/models'

/**
 * Tools for models whose provider knows none: they are described in the prompt, and asked for by a block in the answer, in
 * the form that Hermes and Qwen models were trained on: `<tool_call>{"name": ..., "arguments": {...}}</tool_call>`.
 */
const begin = '<tool_call>'
const end = '</tool_call>'

export function describeTools(tools: readonly Tool[]): ChatMessage {
  const list = tools.map(({ name, description, parameters }) => JSON.stringify({ name, description, parameters }))
  return {
    role: 'system',
    content: [
      'You may use these tools, each a JSON line with its parameters as JSON Schema:',
      '<tools>',
      ...list,
      '</tools>',
      `To use one, write ${begin}{"name": "...", "arguments": {...}}${end} and nothing behind it, then wait for its result. Use a tool only where it helps; else answer in plain words.`,
    ].join('\n'),
  }
}

/** Messages with calls and results in words, for a model that knows no others. */
export const inWords = (messages: readonly ChatMessage[]): ChatMessage[] =>
  messages.map(message => {
    if (message.role === 'tool') return { role: 'user', content: message.content }
    if (message.role !== 'assistant' || !message.toolCalls?.length) return message
    const calls = message.toolCalls.map(
      ({ name, arguments: args }) => `${begin}{"name":${JSON.stringify(name)},"arguments":${args || '{}'}}${end}`,
    )
    return { role: 'assistant', content: [message.content, ...calls].filter(text => text !== '').join('\n') }
  })

/** Takes the blocks out of a text as it streams; what may be the beginning of one waits. */
export interface ToolText {
  /** The text that is not part of a block. */
  push(text: string): string
  /** What still waited: of an open block nothing, unless it is no call at all. */
  finish(): string
  readonly calls: readonly ToolCall[]
}

const mostChars = 65_536

export function createToolText(): ToolText {
  let held = ''
  let inside = false
  /** White space behind a block is no text, be it in the same piece or in a later one. */
  let behind = false
  const calls: ToolCall[] = []

  function take(block: string): string {
    try {
      const value = JSON.parse(block.trim()) as { name?: unknown; arguments?: unknown; parameters?: unknown }
      if (typeof value.name !== 'string') return ''
      const args = value.arguments ?? value.parameters ?? {}
      calls.push({
        id: `text_${calls.length}`,
        name: value.name,
        arguments: typeof args === 'string' ? args : JSON.stringify(args),
      })
      return ''
    } catch {
      return ''
    }
  }

  function step(): string {
    let out = ''
    for (;;) {
      if (inside) {
        const at = held.indexOf(end)
        if (at === -1) {
          if (held.length <= mostChars) return out
          held = ''
          inside = false
          return out
        }
        take(held.slice(0, at))
        held = held.slice(at + end.length)
        inside = false
        behind = true
        continue
      }
      if (behind) {
        held = held.trimStart()
        if (held === '') return out
        behind = false
      }
      const at = held.indexOf(begin)
      if (at !== -1) {
        out += held.slice(0, at)
        held = held.slice(at + begin.length)
        inside = true
        continue
      }
      const keep = beginning(held)
      out += held.slice(0, held.length - keep)
      held = held.slice(held.length - keep)
      return out
    }
  }

  return {
    calls,
    push(text) {
      held += text
      return step()
    },
    finish() {
      if (inside) take(held)
      const rest = inside ? '' : held
      held = ''
      inside = false
      return rest
    },
  }
}

/** How many characters at the end of a text may be the beginning of a block. */
function beginning(text: string): number {
  for (let length = Math.min(begin.length - 1, text.length); length > 0; length -= 1)
    if (begin.startsWith(text.slice(text.length - length))) return length
  return 0
}
