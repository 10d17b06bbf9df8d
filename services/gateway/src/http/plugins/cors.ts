import type { FastifyInstance } from 'fastify'
import type { GatewayContext } from '../../context.ts'

const asked =
  'authorization, content-type, if-match, if-none-match, idempotency-key, last-event-id, x-csrf-token, x-request-id'
const shown = 'etag, idempotency-replayed, retry-after, x-request-id'

/** Answers to pages of the configured origins, and to no others (WHATWG Fetch, CORS protocol). */
export function addCors(app: FastifyInstance, { origins }: Pick<GatewayContext, 'origins'>): void {
  app.addHook('onRequest', async (request, reply) => {
    const { origin } = request.headers
    reply.header('vary', 'Origin')
    if (!origin || !origins.configured(origin)) return
    reply.header('access-control-allow-origin', origin)
    reply.header('access-control-allow-credentials', 'true')
    reply.header('access-control-expose-headers', shown)
    if (request.method !== 'OPTIONS' || !request.headers['access-control-request-method']) return
    reply.header('access-control-allow-methods', 'GET, HEAD, POST, PATCH, DELETE')
    reply.header('access-control-allow-headers', asked)
    reply.header('access-control-max-age', '600')
    return reply.code(204).send()
  })
}
