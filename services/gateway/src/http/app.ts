import { limits } from '@luna/contracts'
import Fastify, { type FastifyInstance } from 'fastify'
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod'
import type { GatewayContext } from '../context.ts'
import { mcpRoutes } from '../mcp/index.ts'
import { openaiRoutes } from '../openai/index.ts'
import { openRoutes, personalRoutes } from '../routes/index.ts'
import { keySet } from '../tokens/access-token.ts'
import { websocketRoutes } from '../ws/index.ts'
import { addAsyncApi } from './plugins/asyncapi.ts'
import { addCors } from './plugins/cors.ts'
import { addDocs, addOpenApi } from './plugins/docs.ts'
import { addErrors } from './plugins/errors.ts'
import { addHealth } from './plugins/health.ts'
import { addIdempotency } from './plugins/idempotency.ts'
import { addRequests, requestIdOf } from './plugins/requests.ts'
import { addSecurityHeaders } from './plugins/security-headers.ts'
import { addWeb } from './plugins/web.ts'
import { limitByAddress, requireSignIn } from './signed-in.ts'

/** The gateway's HTTP side, whole but not listening: what a test injects requests into. */
export async function createApp(ctx: GatewayContext): Promise<FastifyInstance> {
  const { trustedProxies } = ctx.config
  const app = Fastify({
    bodyLimit: limits.frameBytes,
    genReqId: request => requestIdOf(request.headers['x-request-id'], ctx.random.id),
    requestTimeout: 60_000,
    routerOptions: { maxParamLength: 256 },
    trustProxy: trustedProxies.length > 0 ? [...trustedProxies] : false,
    forceCloseConnections: 'idle',
  })
  app.removeContentTypeParser('text/plain')
  addErrors(app, ctx)
  addRequests(app, ctx)
  addCors(app, ctx)
  await app.register(websocketRoutes(ctx))
  await addSecurityHeaders(app)
  await addOpenApi(app)
  addHealth(app, ctx)
  app.get('/.well-known/jwks.json', { schema: { hide: true } }, async () => keySet(ctx))
  await app.register(api(ctx), { prefix: '/api/v1' })
  await app.register(openaiRoutes(ctx, ctx.embedder))
  await app.register(mcpRoutes(ctx))
  await addDocs(app)
  addAsyncApi(app)
  await addWeb(app, ctx)
  return app
}

const api = (ctx: GatewayContext) => async (scope: FastifyInstance) => {
  scope.setValidatorCompiler(validatorCompiler)
  scope.setSerializerCompiler(serializerCompiler)
  scope.addHook('onRequest', async (_request, reply) => {
    reply.header('cache-control', 'no-store')
  })
  await scope.register(async open => {
    limitByAddress(open, ctx)
    for (const routes of openRoutes) await open.register(routes(ctx))
  })
  await scope.register(async personal => {
    requireSignIn(personal, ctx)
    addIdempotency(personal, ctx)
    for (const routes of personalRoutes) await personal.register(routes(ctx))
  })
}
