import type { Usage } from '@luna/contracts'
import type { FinishReason, ToolCallGiven } from './listener.ts'

/** What all chunks of one answer have in common. */
export interface AnswerHead {
  id: string
  /** Unix seconds. */
  created: number
  model: string
}

export const usageOf = (usage: Usage) => ({
  prompt_tokens: usage.promptTokens,
  completion_tokens: usage.completionTokens,
  total_tokens: usage.totalTokens,
})

export const toolCallsOf = (calls: readonly ToolCallGiven[]) =>
  calls.map(({ id, name, arguments: given }) => ({
    id,
    type: 'function' as const,
    function: { name, arguments: given },
  }))

/** A `chat.completion.chunk` with its one choice. */
export const chunk = (head: AnswerHead, delta: object, reason: FinishReason | null = null): string =>
  JSON.stringify({
    ...head,
    object: 'chat.completion.chunk',
    choices: [{ index: 0, delta, logprobs: null, finish_reason: reason }],
  })

/** The chunk behind the last, for `stream_options.include_usage`. */
export const usageChunk = (head: AnswerHead, usage: Usage): string =>
  JSON.stringify({ ...head, object: 'chat.completion.chunk', choices: [], usage: usageOf(usage) })

/** A whole `chat.completion`. */
export const completion = (
  head: AnswerHead,
  answer: { text: string; calls: readonly ToolCallGiven[]; reason: FinishReason; usage: Usage },
) => ({
  ...head,
  object: 'chat.completion',
  choices: [
    {
      index: 0,
      message: {
        role: 'assistant',
        content: answer.text === '' && answer.calls.length > 0 ? null : answer.text,
        refusal: null,
        ...(answer.calls.length > 0 ? { tool_calls: toolCallsOf(answer.calls) } : {}),
      },
      logprobs: null,
      finish_reason: answer.reason,
    },
  ],
  usage: usageOf(answer.usage),
})
