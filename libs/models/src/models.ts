import type { Meter } from '@opentelemetry/api'
import { Agent } from 'undici'
import type { z } from 'zod'
import { createBuiltInProvider } from './builtin/provider.ts'
import type { ResolvedProvider } from './config/provider-config.ts'
import { describePool, type ModelDescription } from './describe.ts'
import { type Embeddings, embedFromPool } from './embed/embed.ts'
import type { ModelEvent } from './events.ts'
import { createBreaker } from './pool/breaker.ts'
import type { Member } from './pool/call.ts'
import { type Completion, completeFromPool } from './pool/complete.ts'
import { defaultLimits, type ModelLimits } from './pool/limits.ts'
import { createOrder } from './pool/order.ts'
import type { ModelLog, Pool } from './pool/pool.ts'
import { type StreamOptions, streamFromPool } from './pool/stream.ts'
import { createOpenAIProvider } from './provider/openai-provider.ts'
import type { ChatRequest } from './request.ts'
import { noModelError } from './structured/no-model.ts'
import { type Structured, type StructuredRequest, structuredFromPool } from './structured/structured.ts'
import { createTelemetry } from './telemetry.ts'

export interface ModelsOptions {
  /** As `findProviders` gives them; none means the built-in responder. */
  providers: readonly ResolvedProvider[]
  limits?: Partial<ModelLimits>
  log?: ModelLog
  clock?: { now(): Date; elapsed(): number }
  meter?: Meter
}

/** Every language model that Luna may ask, behind one face. Faults are LunaErrors `provider-failed`, `timeout`, `cancelled`. */
export interface Models {
  /** False when only the built-in responder answers. */
  readonly hasModel: boolean
  /** The model behind `embed`, or null when there is none. */
  readonly embeddingModel: string | null
  /** An answer as it comes. See {@link ModelEvent} for the order of events. */
  stream(request: ChatRequest, options?: StreamOptions): AsyncIterable<ModelEvent>
  /** A whole answer. */
  complete(request: ChatRequest, options?: { signal?: AbortSignal }): Promise<Completion>
  /** A value that fits the schema, with one repair. Throws `unavailable` when there is no model. */
  structured<S extends z.ZodType>(
    schema: S,
    request: StructuredRequest,
    options?: { signal?: AbortSignal },
  ): Promise<Structured<z.output<S>>>
  /** Vectors of texts. Throws `unavailable` when no embedding model is set. */
  embed(texts: readonly string[], options?: { signal?: AbortSignal }): Promise<Embeddings>
  /** Who would answer now. */
  describe(): ModelDescription
  /** Closes idle connections once running answers are done. */
  close(): Promise<void>
}

const quiet: ModelLog = { info: () => {}, warn: () => {} }

export function createModels(options: ModelsOptions): Models {
  const limits = { ...defaultLimits, ...options.limits }
  const clock = options.clock ?? { now: () => new Date(), elapsed: () => performance.now() }
  const log = options.log ?? quiet
  const dispatcher = new Agent({
    connect: { timeout: 10_000 },
    connections: null,
    pipelining: 1,
    keepAliveTimeout: 30_000,
  })
  const providers =
    options.providers.length === 0
      ? [createBuiltInProvider()]
      : options.providers.map(config =>
          createOpenAIProvider(config, { dispatcher, maxCharacters: limits.maxCharacters, now: () => clock.now() }),
        )
  const members: readonly (Member & { name: string; priority: number; weight: number | undefined })[] = providers.map(
    provider => ({
      provider,
      name: provider.name,
      priority: provider.priority,
      weight: provider.weight,
      breaker: createBreaker({
        faults: limits.breakerFaults,
        openMs: limits.breakerMs,
        onChange: state => log.info({ provider: provider.name, breaker: state }, 'model provider breaker changed'),
      }),
    }),
  )
  const pool: Pool = {
    order: createOrder(members),
    limits,
    elapsed: () => clock.elapsed(),
    telemetry: createTelemetry(() => clock.elapsed(), options.meter),
    log,
  }
  const hasModel = providers.some(provider => !provider.builtIn)
  return {
    hasModel,
    embeddingModel: describePool(members, options.providers).embedding?.model ?? null,
    stream: (request, streamOptions = {}) => streamFromPool(pool, request, streamOptions),
    complete: (request, { signal } = {}) => completeFromPool(pool, request, signal),
    structured: async (schema, request, { signal } = {}) => {
      if (!hasModel) throw noModelError('Structured output')
      return structuredFromPool(pool, schema, request, signal)
    },
    embed: (texts, { signal } = {}) => embedFromPool(pool, texts, signal),
    describe: () => describePool(members, options.providers),
    close: () => dispatcher.close(),
  }
}
