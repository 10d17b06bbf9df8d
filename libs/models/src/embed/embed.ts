import { LunaError } from '@luna/contracts'
import { callInTurn } from '../pool/call.ts'
import { type Pool, trySignal } from '../pool/pool.ts'
import { broken, ProviderFault } from '../provider/fault.ts'
import { estimateTokens } from '../tokens/estimate.ts'
import { batches } from './batches.ts'

export interface Embeddings {
  /** One vector a text, in the order of the texts. */
  vectors: number[][]
  /** Vectors of different models cannot be compared: store the name with them. */
  model: string
  dimensions: number
  provider: string
  promptTokens: number
}

/**
 * Vectors of the texts from the embedding model of the pool: the first that a provider names. Only providers with that
 * very model stand in for each other. No texts give no vectors and dimension 0, without a request.
 */
export async function embedFromPool(pool: Pool, texts: readonly string[], signal?: AbortSignal): Promise<Embeddings> {
  const members = pool.order()
  const first = members.find(({ provider }) => provider.embeddingModel !== undefined)
  const model = first?.provider.embeddingModel
  if (model === undefined) {
    throw new LunaError(
      'unavailable',
      'No embedding model is set. Set LUNA_EMBEDDING_MODEL, or models.embedding of a provider in LUNA_PROVIDERS.',
      { retryable: false },
    )
  }
  const able = members.filter(({ provider }) => provider.embeddingModel === model)
  const result: Embeddings = { vectors: [], model, dimensions: 0, provider: first!.provider.name, promptTokens: 0 }
  for (const batch of batches(texts)) {
    const answer = await callInTurn(
      {
        members: able,
        modelOf: () => model,
        limits: pool.limits,
        elapsed: pool.elapsed,
        signal,
        onFault: (fault, route) => pool.log.warn({ ...route, reason: fault.facts.reason }, 'embedding request failed'),
      },
      async ({ provider, route, signal: whole }) => {
        const span = pool.telemetry.start('embeddings', route)
        const bound = trySignal(whole, provider, pool.limits.answerMs)
        try {
          const found = await provider.embed(batch, model, bound.signal)
          checkVectors(found.vectors, batch.length, result.dimensions)
          const promptTokens = found.tokens ?? batch.reduce((sum, text) => sum + estimateTokens(text), 0)
          span.end({
            usage: {
              promptTokens,
              completionTokens: 0,
              totalTokens: promptTokens,
              estimated: found.tokens === undefined,
            },
          })
          return { vectors: found.vectors, promptTokens, provider: provider.name }
        } catch (error) {
          const fault =
            bound.signal.aborted && bound.signal.reason instanceof ProviderFault ? bound.signal.reason : error
          span.end(fault instanceof ProviderFault ? { fault } : {})
          throw fault
        } finally {
          bound.done()
        }
      },
    )
    result.vectors.push(...answer.vectors)
    result.dimensions = answer.vectors[0]?.length ?? result.dimensions
    result.provider = answer.provider
    result.promptTokens += answer.promptTokens
  }
  return result
}

/** Refuses vectors that are missing, of unequal length, or not numbers. */
function checkVectors(vectors: readonly number[][], count: number, dimensions: number): void {
  const expected = dimensions || (vectors[0]?.length ?? 0)
  if (vectors.length !== count) throw broken(`it gave ${vectors.length} vectors for ${count} texts`)
  for (let i = 0; i < count; i++) {
    const vector = vectors[i]
    if (!Array.isArray(vector) || vector.length === 0) throw broken('it left out a vector')
    if (vector.length !== expected) throw broken(`it gave vectors of ${expected} and of ${vector.length} dimensions`)
    if (!vector.every(Number.isFinite)) throw broken('it gave a vector with something else than numbers')
  }
}
