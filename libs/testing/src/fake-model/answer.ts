/** What the fake model is told to answer. Plain JSON, so that another process can set it through the control endpoint. */
export interface FakeAnswer {
  /** The whole text; it is cut into tokens of a few code points. Without `text` and `tokens`: numbered tokens (see numbered.ts). */
  text?: string
  /** The exact tokens; a number means that many numbered tokens. */
  tokens?: readonly string[] | number
  toolCalls?: readonly FakeToolCall[]
  /** OpenAI's word; `stop` unless given, `tool_calls` when there are tool calls. */
  finishReason?: string
  /** What the usage chunk says; null sends none. Counted from the tokens unless given. */
  usage?: { prompt_tokens: number; completion_tokens: number; total_tokens: number } | null
  /** Wait before the first token, in milliseconds. */
  firstTokenMs?: number
  /** Pace after the first token; as fast as the reader takes them unless given. */
  tokensPerSecond?: number
  /** Tokens in one write when there is no pace; the first token always goes alone. */
  tokensPerWrite?: number
  /** Cuts the bytes of the response into writes of these sizes, used in turn, wherever that falls in a character. */
  splitBytes?: number | readonly number[]
  /** Sends `\r\n` for line ends and a comment before each event, as some servers do. */
  crlf?: boolean
  fault?: FakeFault
}

export interface FakeToolCall {
  id?: string
  name: string
  /** Anything but a string is sent as JSON; a string is sent as it is, so that it may be broken. */
  arguments: unknown
}

/** `after` counts tokens that are sent properly before the fault. */
export type FakeFault =
  /** An HTTP error. `retryAfter` in seconds or as an HTTP date. */
  | { kind: 'status'; status: number; retryAfter?: number | string; body?: unknown }
  /** Says nothing any more and keeps the connection open; `'headers'` answers nothing at all. */
  | { kind: 'hang'; after: number | 'headers' }
  /** Ends the HTTP response properly, but without finish_reason and [DONE]. */
  | { kind: 'end'; after: number }
  /** Closes the connection in the middle of the response. */
  | { kind: 'close'; after: number }
  /** Resets the connection (RST). */
  | { kind: 'reset'; after: number }
  /** A byte that is no UTF-8 inside a token. */
  | { kind: 'bad-utf8'; after: number }
  /** A line that is no server-sent event, or whatever `line` says. */
  | { kind: 'rubbish'; after: number; line?: string }
  /** A line that never ends. */
  | { kind: 'endless-line'; after: number }
  /** Tokens without end. */
  | { kind: 'endless' }
  /** An error object inside the stream, as OpenRouter sends it. */
  | { kind: 'error-event'; after: number; message?: string }
  /** finish_reason, but then neither [DONE] nor an end of the response. */
  | { kind: 'no-end' }
  /** A web page with status 200. */
  | { kind: 'html' }
