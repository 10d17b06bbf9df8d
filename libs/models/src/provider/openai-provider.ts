import type { Dispatcher } from 'undici'
import type { ResolvedProvider } from '../config/provider-config.ts'
import { openHttpStream } from './http-stream.ts'
import type { OpenAIClient } from './openai-client.ts'
import type { Provider } from './provider.ts'
import { wireRequest } from './wire-request.ts'

interface OpenAIProviderOptions {
  dispatcher: Dispatcher
  maxCharacters: number
  now: () => Date
}

/** A provider behind an OpenAI-compatible address. Streams by itself; everything else goes through the openai client. */
export function createOpenAIProvider(config: ResolvedProvider, options: OpenAIProviderOptions): Provider {
  const url = new URL(`${config.baseURL.replace(/\/+$/, '')}/chat/completions`)
  const headers: Record<string, string> = { 'content-type': 'application/json', accept: 'text/event-stream' }
  if (config.apiKey) headers['authorization'] = `Bearer ${config.apiKey}`
  let made: Promise<OpenAIClient> | undefined

  /** Made at the first use: loading the openai package takes 0.1 s, which streaming never needs. */
  const client = () =>
    (made ??= import('./openai-client.ts').then(({ createOpenAIClient }) => createOpenAIClient(config, options)))
  const wireOptions = (model: string, stream: boolean) => ({ model, stream, maxTokensField: config.maxTokensField })

  return {
    name: config.name,
    builtIn: false,
    priority: config.priority,
    weight: config.weight,
    firstTokenMs: config.firstTokenMs,
    embeddingModel: config.models.embedding,
    chatModel: use => (use === 'small' ? (config.models.small ?? config.models.chat) : config.models.chat),

    stream(request, model, sink) {
      const body = JSON.stringify(wireRequest(request, wireOptions(model, true)))
      return openHttpStream({ ...options, url, headers, body, model }, sink)
    },

    complete: async (request, model, signal) => {
      const body = wireRequest(request, wireOptions(model, false))
      return (await client()).complete(body, model, signal)
    },
    embed: async (texts, model, signal) => (await client()).embed(texts, model, signal),
  }
}
