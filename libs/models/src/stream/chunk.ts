/** What Luna reads of an OpenAI chat completion, streamed (`delta`) or whole (`message`). Everything may be absent. */
export interface CompletionChunk {
  choices?: readonly CompletionChoice[]
  usage?: WireUsage | null
  error?: { message?: unknown; code?: unknown; type?: unknown } | string | null
}

export interface CompletionChoice {
  delta?: CompletionDelta | null
  message?: CompletionDelta | null
  finish_reason?: string | null
}

export interface CompletionDelta {
  content?: string | null
  /** Thinking, as DeepSeek and vLLM name it, and as Ollama and OpenRouter do. */
  reasoning_content?: string | null
  reasoning?: string | null
  refusal?: string | null
  tool_calls?: readonly ToolCallPart[] | null
}

export interface ToolCallPart {
  index?: number
  id?: string | null
  function?: { name?: string | null; arguments?: string | null } | null
}

export interface WireUsage {
  prompt_tokens?: number
  completion_tokens?: number
  total_tokens?: number
}
