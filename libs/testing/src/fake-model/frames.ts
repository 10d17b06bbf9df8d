import type { FakeAnswer, FakeToolCall } from './answer.ts'
import { exampleValue } from './example-value.ts'
import { answerKey, numberedTokens } from './numbered.ts'
import type { FakeRequest } from './requests.ts'

/** Everything a chat completion says, before it is put on the wire. */
export interface Spoken {
  id: string
  model: string
  created: number
  tokens: readonly string[]
  toolCalls: readonly { id: string; name: string; arguments: string }[]
  finishReason: string
  usage: { prompt_tokens: number; completion_tokens: number; total_tokens: number } | null
}

export function speak(request: FakeRequest, answer: FakeAnswer): Spoken {
  const tokens = tokensOf(request, answer)
  const toolCalls = (answer.toolCalls ?? []).map((call, i) => ({
    id: call.id ?? `call_${request.index}_${i}`,
    name: call.name,
    arguments: argumentText(call),
  }))
  const promptTokens = Math.ceil(JSON.stringify(request.body.messages ?? []).length / 4)
  return {
    id: `chatcmpl-fake-${request.index}`,
    model: request.body.model ?? 'fake',
    created: 1_700_000_000,
    tokens,
    toolCalls,
    finishReason: answer.finishReason ?? (toolCalls.length > 0 ? 'tool_calls' : 'stop'),
    usage:
      answer.usage === undefined
        ? { prompt_tokens: promptTokens, completion_tokens: tokens.length, total_tokens: promptTokens + tokens.length }
        : answer.usage,
  }
}

function tokensOf(request: FakeRequest, answer: FakeAnswer): readonly string[] {
  if (typeof answer.tokens === 'number') return numberedTokens(answerKey(request.userText), answer.tokens)
  if (answer.tokens) return answer.tokens
  if (answer.text !== undefined) return cutIntoTokens(answer.text)
  if (answer.toolCalls) return []
  const schema = request.body.response_format?.json_schema?.schema
  if (schema !== undefined) return cutIntoTokens(JSON.stringify(exampleValue(schema)))
  return numberedTokens(answerKey(request.userText))
}

/** Tokens of four code points each. */
export function cutIntoTokens(text: string): string[] {
  const points = Array.from(text)
  const tokens: string[] = []
  for (let i = 0; i < points.length; i += 4) tokens.push(points.slice(i, i + 4).join(''))
  return tokens
}

function argumentText(call: FakeToolCall): string {
  return typeof call.arguments === 'string' ? call.arguments : JSON.stringify(call.arguments)
}

/** Writes the events of one streamed answer. */
export function frameWriter(spoken: Spoken, crlf = false) {
  const end = crlf ? '\r\n\r\n' : '\n\n'
  const start = crlf ? ': keep-alive\r\n\r\ndata: ' : 'data: '
  const head = `${start}{"id":"${spoken.id}","object":"chat.completion.chunk","created":${spoken.created},"model":${JSON.stringify(spoken.model)},"choices":[`
  const choice = (delta: string, finish: string) =>
    `${head}{"index":0,"delta":${delta},"finish_reason":${finish}}]}${end}`
  const token = (text: string) => choice(`{"content":${JSON.stringify(text)}}`, 'null')
  return {
    token,
    role: () => choice('{"role":"assistant","content":""}', 'null'),
    /** Each call as servers stream it: first id and name, then the arguments in two pieces. */
    toolCalls: () =>
      spoken.toolCalls
        .flatMap((call, index) => {
          const middle = Math.ceil(call.arguments.length / 2)
          return [
            { index, id: call.id, type: 'function', function: { name: call.name, arguments: '' } },
            { index, function: { arguments: call.arguments.slice(0, middle) } },
            { index, function: { arguments: call.arguments.slice(middle) } },
          ]
        })
        .map(part => choice(JSON.stringify({ tool_calls: [part] }), 'null'))
        .join(''),
    finish: () => choice('{}', JSON.stringify(spoken.finishReason)),
    usage: () => `${head}],"usage":${JSON.stringify(spoken.usage)}}${end}`,
    done: () => `${start}[DONE]${end}`,
  }
}

/** The answer to a call without `stream`. */
export function wholeCompletion(spoken: Spoken): object {
  const text = spoken.tokens.join('')
  const toolCalls = spoken.toolCalls.map(call => ({
    id: call.id,
    type: 'function',
    function: { name: call.name, arguments: call.arguments },
  }))
  return {
    id: spoken.id,
    object: 'chat.completion',
    created: spoken.created,
    model: spoken.model,
    choices: [
      {
        index: 0,
        message: {
          role: 'assistant',
          content: toolCalls.length > 0 && text === '' ? null : text,
          ...(toolCalls.length > 0 ? { tool_calls: toolCalls } : {}),
        },
        finish_reason: spoken.finishReason,
      },
    ],
    ...(spoken.usage ? { usage: spoken.usage } : {}),
  }
}
