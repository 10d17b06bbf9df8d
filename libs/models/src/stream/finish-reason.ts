import type { FinishReason } from '../events.ts'

const known: Readonly<Record<string, FinishReason>> = {
  stop: 'stop',
  eos: 'stop',
  end_turn: 'stop',
  length: 'length',
  max_tokens: 'length',
  tool_calls: 'tool-calls',
  function_call: 'tool-calls',
  content_filter: 'content-filter',
  safety: 'content-filter',
}

/** A provider's word for why it stopped; `error` (OpenRouter) is no end and gives null. */
export function finishReason(word: string): FinishReason | null {
  const lower = word.toLowerCase()
  return lower === 'error' ? null : (known[lower] ?? 'other')
}
