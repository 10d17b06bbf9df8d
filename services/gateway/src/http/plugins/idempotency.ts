import type { FastifyInstance } from 'fastify'
import type { GatewayContext } from '../../context.ts'
import { beginRequest, endRequest, type Remembered } from '../../idempotency/idempotency.ts'
import { principalOf } from '../signed-in.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** The Idempotency-Key under which the answer to this request will be kept. */
    idempotencyKey: string | null
  }
  interface FastifyContextConfig {
    /** The route keeps its own promise about repeated requests. */
    ownIdempotency?: boolean
  }
}

const kept = ['content-type', 'etag', 'location'] as const

/** A POST sent again under the same Idempotency-Key gets the first answer again (IETF draft idempotency-key-header). */
export function addIdempotency(app: FastifyInstance, ctx: GatewayContext): void {
  app.decorateRequest('idempotencyKey', null)
  app.addHook('preHandler', async (request, reply) => {
    const key = request.headers['idempotency-key']
    if (request.method !== 'POST' || key === undefined || request.routeOptions.config.ownIdempotency) return
    const { personId } = principalOf(request)
    const before = await beginRequest(ctx, personId, String(key), [request.method, request.url, request.body])
    if (before === null) {
      request.idempotencyKey = String(key)
      return
    }
    return reply
      .code(before.status)
      .headers(before.headers)
      .header('idempotency-replayed', 'true')
      .serializer((body: unknown) => String(body))
      .send(before.body)
  })
  app.addHook('onSend', async (request, reply, payload) => {
    const key = request.idempotencyKey
    if (key === null) return
    request.idempotencyKey = null
    const good = reply.statusCode < 300 && (typeof payload === 'string' || payload == null)
    const headers: Record<string, string> = {}
    for (const name of kept) {
      const value = reply.getHeader(name)
      if (typeof value === 'string') headers[name] = value
    }
    const answer: Remembered | null = good
      ? { status: reply.statusCode, headers, body: typeof payload === 'string' ? payload : '' }
      : null
    await endRequest(ctx, principalOf(request).personId, key, answer)
  })
}
