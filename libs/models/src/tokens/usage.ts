import type { Usage } from '@luna/contracts'
import { type ChatRequest, messageText, type ToolCall } from '../request.ts'
import { estimateTokens } from './estimate.ts'

/** What a message costs beyond its text: role and separators, as OpenAI counts them for its chat format. */
export const messageOverheadTokens = 4

/** Usage by estimate, for answers whose provider does not say. Images are not counted. */
export function estimateUsage(request: ChatRequest, answer: string, toolCalls: readonly ToolCall[] = []): Usage {
  const promptTokens = estimatePrompt(request)
  const calls = toolCalls.reduce((sum, call) => sum + estimateTokens(call.name) + estimateTokens(call.arguments), 0)
  const completionTokens = estimateTokens(answer) + calls
  return { promptTokens, completionTokens, totalTokens: promptTokens + completionTokens, estimated: true }
}

/** Estimated tokens of the whole prompt, tools included. */
export function estimatePrompt(request: Pick<ChatRequest, 'messages' | 'tools'>): number {
  const messages = request.messages.reduce(
    (sum, message) => sum + messageOverheadTokens + estimateTokens(messageText(message)),
    0,
  )
  return messages + (request.tools?.length ? estimateTokens(JSON.stringify(request.tools)) : 0)
}
