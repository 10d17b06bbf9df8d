/** One call that the fake model got, as a test sees it. */
export interface FakeRequest {
  readonly index: number
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: FakeRequestBody
  /** The text of the last user message, or ''. */
  readonly userText: string
  tokensSent: number
  /** `aborted`: the caller closed the connection before the answer was whole. */
  state: 'open' | 'finished' | 'aborted'
}

export interface FakeRequestBody {
  model?: string
  stream?: boolean
  messages?: readonly { role: string; content?: unknown; [key: string]: unknown }[]
  input?: string | readonly string[]
  stream_options?: { include_usage?: boolean }
  response_format?: { type: string; json_schema?: { name?: string; schema?: unknown } }
  tools?: readonly unknown[]
  dimensions?: number
  [key: string]: unknown
}

/** The text of the last user message; parts of type text are joined. */
export function lastUserText(body: FakeRequestBody): string {
  const message = body.messages?.findLast(each => each.role === 'user')
  return contentText(message?.content)
}

function contentText(content: unknown): string {
  if (typeof content === 'string') return content
  if (!Array.isArray(content)) return ''
  return content.map((part: unknown) => (isTextPart(part) ? part.text : '')).join('')
}

function isTextPart(part: unknown): part is { text: string } {
  return typeof part === 'object' && part !== null && 'text' in part && typeof part.text === 'string'
}
