import type { ChatMessage, ChatRequest, ContentPart } from '../request.ts'

export interface WireOptions {
  model: string
  stream: boolean
  /** OpenAI's newer models refuse `max_tokens`; most others know nothing else. */
  maxTokensField: 'max_tokens' | 'max_completion_tokens'
}

/** The body of `POST /chat/completions`. */
export function wireRequest(request: ChatRequest, options: WireOptions): Record<string, unknown> {
  const body: Record<string, unknown> = { model: options.model, messages: request.messages.map(wireMessage) }
  if (options.stream) {
    body['stream'] = true
    body['stream_options'] = { include_usage: true }
  }
  if (request.maxTokens !== undefined) body[options.maxTokensField] = request.maxTokens
  if (request.temperature !== undefined) body['temperature'] = request.temperature
  if (request.topP !== undefined) body['top_p'] = request.topP
  if (request.seed !== undefined) body['seed'] = request.seed
  if (request.stop?.length) body['stop'] = request.stop
  if (request.user !== undefined) body['user'] = request.user
  if (request.tools?.length) {
    body['tools'] = request.tools.map(tool => ({ type: 'function', function: tool }))
    if (request.toolChoice !== undefined) body['tool_choice'] = wireToolChoice(request.toolChoice)
  }
  if (request.json) body['response_format'] = { type: 'json_schema', json_schema: request.json }
  return body
}

function wireToolChoice(choice: NonNullable<ChatRequest['toolChoice']>): unknown {
  return typeof choice === 'string' ? choice : { type: 'function', function: { name: choice.name } }
}

function wireMessage(message: ChatMessage): Record<string, unknown> {
  switch (message.role) {
    case 'tool':
      return { role: 'tool', tool_call_id: message.toolCallId, content: message.content }
    case 'assistant':
      if (!message.toolCalls?.length) return { role: 'assistant', content: message.content }
      return {
        role: 'assistant',
        content: message.content === '' ? null : message.content,
        tool_calls: message.toolCalls.map(call => ({
          id: call.id,
          type: 'function',
          function: { name: call.name, arguments: call.arguments },
        })),
      }
    default:
      return {
        role: message.role,
        content: typeof message.content === 'string' ? message.content : message.content.map(wirePart),
      }
  }
}

function wirePart(part: ContentPart): Record<string, unknown> {
  return part.type === 'text' ? part : { type: 'image_url', image_url: { url: part.url } }
}
