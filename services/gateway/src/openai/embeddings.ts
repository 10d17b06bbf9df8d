import { LunaError } from '@luna/contracts'
import type { Models } from '@luna/models'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { GatewayContext } from '../context.ts'
import { principalOf } from '../http/signed-in.ts'
import { requireRoom } from '../limits/require.ts'
import { badParameter } from './errors.ts'

export type Embedder = Pick<Models, 'embed' | 'embeddingModel'>

const embeddingRequest = z.object({
  model: z.string(),
  input: z.union([z.string().min(1), z.array(z.string().min(1)).min(1).max(2_048)], {
    error: 'must be a text or a list of texts, none of them empty; tokens are not taken',
  }),
  encoding_format: z.enum(['float', 'base64']).nullish(),
  dimensions: z.number().int().nullish(),
})

/** @param embedder null: this gateway was given no models */
export function embeddingRoutes(app: FastifyInstance, ctx: GatewayContext, embedder: Embedder | null): void {
  app.post<{ Body: z.infer<typeof embeddingRequest> }>(
    '/embeddings',
    { schema: { tags: ['OpenAI'], summary: 'Vectors of texts.', body: embeddingRequest } },
    async (request, reply) => {
      const { model, input, encoding_format: format, dimensions } = request.body
      await requireRoom(ctx.limits, 'completions', principalOf(request).personId)
      const known = embedder?.embeddingModel ?? null
      if (!embedder || known === null) throw noEmbeddings()
      if (model !== known && model !== 'luna') throw otherModel(model, known)
      const gone = new AbortController()
      reply.raw.once('close', () => gone.abort())
      const { vectors, promptTokens, dimensions: made } = await embedder.embed([input].flat(), { signal: gone.signal })
      if (typeof dimensions === 'number' && dimensions !== made)
        throw badParameter('dimensions', `The vectors of ${known} have ${made} dimensions; they are not cut.`)
      return {
        object: 'list',
        data: vectors.map((vector, index) => ({
          object: 'embedding',
          index,
          embedding: format === 'base64' ? base64Of(vector) : vector,
        })),
        model: known,
        usage: { prompt_tokens: promptTokens, total_tokens: promptTokens },
      }
    },
  )
}

/** Little-endian 32-bit floats, as the official clients ask for by default. */
const base64Of = (vector: readonly number[]): string => {
  const bytes = Buffer.alloc(vector.length * 4)
  vector.forEach((value, index) => bytes.writeFloatLE(value, index * 4))
  return bytes.toString('base64')
}

const noEmbeddings = () =>
  new LunaError(
    'unavailable',
    'No embedding model is configured. The operator sets LUNA_EMBEDDING_MODEL to have one.',
    {
      retryable: false,
    },
  )

const otherModel = (model: string, known: string) =>
  new LunaError(
    'not-found',
    `There is no embedding model \`${model.slice(0, 200)}\`; the one there is is called \`${known}\`.`,
    {
      details: { param: 'model', openaiCode: 'model_not_found' },
    },
  )
