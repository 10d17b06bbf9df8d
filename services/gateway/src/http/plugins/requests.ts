import { LunaError } from '@luna/contracts'
import type { FastifyInstance } from 'fastify'
import type { GatewayContext } from '../../context.ts'

const wellFormedId = /^[\w.:-]{1,128}$/

/** The client's own X-Request-Id where it is well-formed, else a new one. */
export const requestIdOf = (header: string | string[] | undefined, make: () => string): string =>
  typeof header === 'string' && wellFormedId.test(header) ? header : make()

/** What holds for every request: its id comes back, its Host is one of ours, its end is logged without what was said. */
export function addRequests(app: FastifyInstance, { hosts, log }: Pick<GatewayContext, 'hosts' | 'log'>): void {
  app.decorateRequest('principal', null)
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id)
    if (!hosts.allowed(request.headers.host))
      throw new LunaError(
        'forbidden',
        'Luna does not answer under this name. Add the origin it is reached by to LUNA_ORIGINS, or use its address.',
      )
  })
  app.addHook('onResponse', async (request, reply) => {
    log.debug(
      {
        requestId: request.id,
        method: request.method,
        route: request.routeOptions.url,
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime),
      },
      'answered',
    )
  })
}
