import { LunaError, type Usage } from '@luna/contracts'
import { z } from 'zod'
import { completeFromPool } from '../pool/complete.ts'
import type { Pool, Routed } from '../pool/pool.ts'
import type { ChatMessage, ChatRequest } from '../request.ts'
import { jsonInText } from './json-in-text.ts'
import { isStrictSchema } from './strict-schema.ts'

export interface Structured<T> extends Routed {
  value: T
  /** Of both rounds, if there were two. */
  usage: Usage
  /** True when the first answer did not fit the schema and the second did. */
  repaired: boolean
}

export type StructuredRequest = Omit<ChatRequest, 'json' | 'tools' | 'toolChoice'> & {
  /** What the value is called towards the model; `answer` unless given. */
  name?: string
}

/**
 * An answer that fits the schema, or a LunaError `provider-failed`. The schema goes along as `response_format` and in
 * words, since not every provider honours the first; zod has the last word. An answer that does not fit is sent back once
 * with what is wrong with it.
 */
export async function structuredFromPool<S extends z.ZodType>(
  pool: Pool,
  schema: S,
  request: StructuredRequest,
  signal?: AbortSignal,
): Promise<Structured<z.output<S>>> {
  const { name = 'answer', ...rest } = request
  const json = z.toJSONSchema(schema, { io: 'input', target: 'draft-7' }) as Record<string, unknown>
  delete json['$schema']
  const asked: ChatRequest = {
    ...rest,
    messages: [...rest.messages, { role: 'system', content: instruction(json) }],
    json: { name: name.replace(/[^\w-]/g, '_').slice(0, 64), schema: json, strict: isStrictSchema(json) },
  }
  const first = await completeWithSchema(pool, asked, signal)
  const read = readValue(schema, first.text)
  if (read.fits)
    return { value: read.value, usage: first.usage, repaired: false, route: first.route, failedOver: first.failedOver }

  const correction: ChatMessage[] = [
    { role: 'assistant', content: first.text },
    {
      role: 'user',
      content: `That does not fit the schema:\n${read.complaint}\nAnswer again with the whole corrected JSON value only.`,
    },
  ]
  const second = await completeWithSchema(pool, { ...asked, messages: [...asked.messages, ...correction] }, signal)
  const again = readValue(schema, second.text)
  if (!again.fits) {
    throw new LunaError(
      'provider-failed',
      `The model's answer does not fit what was asked, and did not when it was asked to correct it (${second.route.model} at ${second.route.provider}). A larger model may do better.`,
      { details: { provider: second.route.provider, model: second.route.model, paths: again.paths } },
    )
  }
  return {
    value: again.value,
    usage: sumUsage(first.usage, second.usage),
    repaired: true,
    route: second.route,
    failedOver: second.failedOver,
  }
}

/** A server that does not know `response_format` refuses it with 400: asked once more without, the schema in words remains. */
async function completeWithSchema(pool: Pool, request: ChatRequest, signal?: AbortSignal) {
  try {
    return await completeFromPool(pool, request, signal)
  } catch (error) {
    const isRefused = error instanceof LunaError && [400, 422].includes(Number(error.details?.['status']))
    if (!isRefused) throw error
    const { json: _json, ...plain } = request
    return completeFromPool(pool, plain, signal)
  }
}

function instruction(schema: Record<string, unknown>): string {
  return `Answer with one JSON value and nothing else: no explanation, no code fence. It must fit this JSON Schema:\n${JSON.stringify(schema)}`
}

type Reading<T> = { fits: true; value: T } | { fits: false; complaint: string; paths: string[] }

function readValue<S extends z.ZodType>(schema: S, text: string): Reading<z.output<S>> {
  const found = jsonInText(text)
  if (!found.found) return { fits: false, complaint: 'It is not valid JSON.', paths: [''] }
  const parsed = schema.safeParse(found.value)
  if (parsed.success) return { fits: true, value: parsed.data }
  const issues = parsed.error.issues.slice(0, 20)
  const path = (issue: (typeof issues)[number]) => issue.path.map(String).join('.')
  return {
    fits: false,
    complaint: issues.map(issue => `- ${path(issue) || '(the value)'}: ${issue.message}`).join('\n'),
    paths: issues.map(path),
  }
}

function sumUsage(a: Usage, b: Usage): Usage {
  return {
    promptTokens: a.promptTokens + b.promptTokens,
    completionTokens: a.completionTokens + b.completionTokens,
    totalTokens: a.totalTokens + b.totalTokens,
    estimated: a.estimated || b.estimated,
  }
}
