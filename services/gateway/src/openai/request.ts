import type { CallInput, chat } from '@luna/contracts'
import { z } from 'zod'
import { badParameter } from './errors.ts'

const textPart = z.object({ type: z.literal('text'), text: z.string() })
const refusalPart = z.object({ type: z.literal('refusal'), refusal: z.string() })
const otherPart = z.object({ type: z.string() })
const content = z.union([z.string(), z.array(z.union([textPart, refusalPart, otherPart]))]).nullish()

const toolCall = z.object({
  id: z.string(),
  type: z.literal('function').optional(),
  function: z.object({ name: z.string(), arguments: z.string() }),
})

const requestMessage = z.object({
  role: z.enum(['system', 'developer', 'user', 'assistant', 'tool']),
  content,
  name: z.string().optional(),
  tool_calls: z.array(toolCall).nullish(),
  tool_call_id: z.string().optional(),
})
export type RequestMessage = z.infer<typeof requestMessage>

/** What is read of `POST /v1/chat/completions`; other members are left aside, as clients send many. */
export const completionRequest = z.object({
  model: z.string(),
  messages: z.array(requestMessage).min(1).max(2_000),
  stream: z.boolean().nullish(),
  stream_options: z.object({ include_usage: z.boolean().nullish() }).nullish(),
  temperature: z.number().min(0).max(2).nullish(),
  top_p: z.number().min(0).max(1).nullish(),
  max_tokens: z.number().int().positive().nullish(),
  max_completion_tokens: z.number().int().positive().nullish(),
  stop: z.union([z.string(), z.array(z.string()).max(4)]).nullish(),
  n: z.literal(1, { error: 'only one choice is made; leave `n` out or set it to 1' }).nullish(),
  tools: z.array(z.record(z.string(), z.unknown())).max(128).nullish(),
  tool_choice: z.unknown().optional(),
  response_format: z.object({ type: z.literal('text', { error: 'only `text` is answered' }) }).nullish(),
  metadata: z.record(z.string(), z.string()).nullish(),
})
export type CompletionRequest = z.infer<typeof completionRequest>

type Begin = CallInput<typeof chat.calls.beginCompletion>

/** The messages as chat takes them. @throws LunaError `invalid` for parts that are not text */
export const toMessages = (messages: readonly RequestMessage[]): Begin['messages'] =>
  messages.map((message, index) => ({
    role: message.role,
    content: textOf(message, index),
    ...(message.name === undefined ? {} : { name: message.name }),
    ...(message.tool_call_id === undefined ? {} : { toolCallId: message.tool_call_id }),
    ...(message.tool_calls?.length
      ? {
          toolCalls: message.tool_calls.map(({ id, function: { name, arguments: given } }) => ({
            id,
            name,
            arguments: given,
          })),
        }
      : {}),
  }))

/** The text of a message, its parts joined; null when it has none. */
export function textOf({ content: given }: RequestMessage, index: number): string | null {
  if (given === null || given === undefined || typeof given === 'string') return given ?? null
  const texts = given.map(part => {
    if ('text' in part) return part.text
    if ('refusal' in part) return part.refusal
    throw badParameter(`messages[${index}].content`, `Only text is understood; found a part of type \`${part.type}\`.`)
  })
  return texts.join('')
}

/** The last message of the person, which is what a kept conversation takes as the new one. */
export function lastUserText(messages: readonly RequestMessage[]): string | null {
  const index = messages.findLastIndex(message => message.role === 'user')
  const message = messages[index]
  return message ? textOf(message, index) : null
}

/** How the answer is to be made, as chat takes it. */
export function toSettings(request: CompletionRequest): Omit<Begin, 'runId' | 'characterId' | 'messages' | 'risk'> {
  const maxTokens = request.max_completion_tokens ?? request.max_tokens
  const stop = typeof request.stop === 'string' ? [request.stop] : request.stop
  return {
    ...(request.tools?.length ? { tools: request.tools } : {}),
    ...(request.tool_choice === undefined || request.tool_choice === null ? {} : { toolChoice: request.tool_choice }),
    ...(typeof request.temperature === 'number' ? { temperature: request.temperature } : {}),
    ...(typeof request.top_p === 'number' ? { topP: request.top_p } : {}),
    ...(typeof maxTokens === 'number' ? { maxTokens } : {}),
    ...(stop ? { stop } : {}),
  }
}
