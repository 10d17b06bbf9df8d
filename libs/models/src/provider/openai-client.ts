import OpenAI from 'openai'
import type { ResolvedProvider } from '../config/provider-config.ts'
import { CompletionParser } from '../stream/completion-parser.ts'
import { broken } from './fault.ts'
import { openaiFault } from './openai-fault.ts'
import type { WholeAnswer } from './provider.ts'
import { usageOf } from './wire-usage.ts'

/** The calls that do not stream, through the openai package. Faults are ProviderFaults. */
export interface OpenAIClient {
  complete(body: Record<string, unknown>, model: string, signal: AbortSignal): Promise<WholeAnswer>
  embed(texts: readonly string[], model: string, signal: AbortSignal): Promise<{ vectors: number[][]; tokens?: number }>
}

export function createOpenAIClient(
  config: ResolvedProvider,
  options: { maxCharacters: number; now: () => Date },
): OpenAIClient {
  // Every option that the package would else take from the environment is given, so that it never looks there.
  const client = new OpenAI({
    baseURL: config.baseURL,
    apiKey: config.apiKey || 'none',
    adminAPIKey: null,
    organization: null,
    project: null,
    webhookSecret: null,
    maxRetries: 0,
    timeout: 10 * 60_000,
    logLevel: 'off',
  })
  return {
    async complete(body, model, signal) {
      const completion = await client.post<unknown>('/chat/completions', { body, signal }).catch((error: unknown) => {
        throw openaiFault(error, model, options.now())
      })
      if (typeof completion === 'string') throw broken('it answered with something else than JSON; check its baseURL')
      let text = ''
      const sink = { onText: (part: string) => (text += part), onProgress: () => {} }
      try {
        const end = new CompletionParser(sink, options).whole(JSON.stringify(completion))
        return { ...end, text, usage: usageOf(end.usage) }
      } catch (error) {
        throw broken(error instanceof Error ? error.message : 'its answer has an unknown shape', error)
      }
    },

    async embed(texts, model, signal) {
      const answer = await client.embeddings
        .create({ model, input: [...texts], encoding_format: 'float' }, { signal })
        .catch((error: unknown) => {
          throw openaiFault(error, model, options.now())
        })
      const vectors: number[][] = []
      for (const item of answer.data ?? []) vectors[item.index] = item.embedding
      return { vectors, tokens: answer.usage?.prompt_tokens }
    },
  }
}
