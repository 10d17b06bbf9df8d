/** What a caller asks of a language model, in Luna's own words; the wire format is provider/wire-request.ts. */
export interface ChatRequest {
  messages: readonly ChatMessage[]
  /** `small` is for titles, summaries and the like: the provider's small model, or its chat model where it has none. */
  use?: ModelUse
  /** Most tokens of the answer. */
  maxTokens?: number
  temperature?: number
  topP?: number
  seed?: number
  stop?: readonly string[]
  tools?: readonly ToolDefinition[]
  toolChoice?: 'auto' | 'none' | 'required' | { name: string }
  /** An opaque id of the end user, for the provider's abuse detection. Never a name or an address. */
  user?: string
  /** Asks for JSON of this shape; `structured` sets it. */
  json?: { name: string; schema: Record<string, unknown>; strict: boolean }
}

export type ModelUse = 'chat' | 'small'

export type ChatMessage =
  | { role: 'system' | 'user'; content: string | readonly ContentPart[] }
  | { role: 'assistant'; content: string; toolCalls?: readonly ToolCall[] }
  | { role: 'tool'; toolCallId: string; content: string }

/** An image by URL, `data:` or https. */
export type ContentPart = { type: 'text'; text: string } | { type: 'image'; url: string }

export interface ToolDefinition {
  name: string
  description?: string
  /** JSON Schema of the arguments. */
  parameters: Record<string, unknown>
}

export interface ToolCall {
  id: string
  name: string
  /** JSON as the model wrote it; it may be broken. */
  arguments: string
}

/** The text of one message, parts joined, images left out. */
export function messageText(message: ChatMessage): string {
  if (typeof message.content === 'string') return message.content
  return message.content.map(part => (part.type === 'text' ? part.text : '')).join('')
}
