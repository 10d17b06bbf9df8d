import { LunaError } from '@luna/contracts'
import type { FastifyPluginAsync } from 'fastify'
import { hasZodFastifySchemaValidationErrors, serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod'
import type { GatewayContext } from '../context.ts'
import { explainError } from '../http/explain-error.ts'
import { retryAfterSeconds } from '../http/problem.ts'
import { addressKey } from '../limits/address-key.ts'
import { requireRoom } from '../limits/require.ts'
import { completionRoutes } from './completions.ts'
import { type Embedder, embeddingRoutes } from './embeddings.ts'
import { toOpenAIError } from './errors.ts'
import { modelRoutes } from './models.ts'
import { moderationRoutes } from './moderations.ts'

/**
 * The OpenAI-compatible API under `/v1`, for API keys and access tokens. Register it at the root.
 * @param embedder the models behind `/v1/embeddings`; null where there are none
 */
export const openaiRoutes =
  (ctx: GatewayContext, embedder: Embedder | null = null): FastifyPluginAsync =>
  async root => {
    await root.register(
      async app => {
        app.setValidatorCompiler(validatorCompiler)
        app.setSerializerCompiler(serializerCompiler)
        app.setErrorHandler((error, request, reply) => {
          const known = withParam(error, explainError(error, request.routeOptions.bodyLimit ?? 0))
          if (known.status >= 500)
            ctx.log.warn({ err: error, requestId: request.id }, 'an OpenAI-compatible request failed')
          const seconds = retryAfterSeconds(known)
          if (seconds !== null) reply.header('retry-after', String(seconds))
          if (!known.retryable) reply.header('x-should-retry', 'false')
          return reply.code(known.status).send(toOpenAIError(known))
        })
        app.addHook('onRequest', async (request, reply) => {
          reply.header('cache-control', 'no-store')
          try {
            request.principal = await ctx.auth.fromRequest(request, { cookies: false })
          } catch (error) {
            await requireRoom(ctx.limits, 'requests', addressKey(request.ip))
            throw error
          }
          await requireRoom(ctx.limits, 'requests', request.principal.personId)
        })
        modelRoutes(app, ctx)
        completionRoutes(app, ctx)
        embeddingRoutes(app, ctx, embedder)
        moderationRoutes(app, ctx)
      },
      { prefix: '/v1' },
    )
  }

/** Names the parameter that did not fit, as clients expect. */
function withParam(error: unknown, known: LunaError): LunaError {
  if (!hasZodFastifySchemaValidationErrors(error)) return known
  const path = error.validation[0]?.instancePath.split('/').filter(Boolean).join('.')
  return new LunaError(known.code, known.message, { details: { ...known.details, param: path || null } })
}
