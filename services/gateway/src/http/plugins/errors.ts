import { LunaError } from '@luna/contracts'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { GatewayContext } from '../../context.ts'
import { explainError } from '../explain-error.ts'
import { problemType, retryAfterSeconds, toProblem } from '../problem.ts'

const pathOf = (request: FastifyRequest): string => request.url.split('?', 1)[0] ?? '/'

export function sendProblem(error: LunaError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const seconds = retryAfterSeconds(error)
  if (seconds !== null) reply.header('retry-after', String(seconds))
  if (error.code === 'unauthorized') reply.header('www-authenticate', 'Bearer realm="luna"')
  return reply
    .code(error.status)
    .type(problemType)
    .serializer((body: unknown) => JSON.stringify(body))
    .send(toProblem(error, pathOf(request)))
}

/** Every error leaves as problem+json; what is not the client's doing is logged, and nothing of it leaves. */
export function addErrors(app: FastifyInstance, { log }: Pick<GatewayContext, 'log'>): void {
  app.setErrorHandler((error, request, reply) => {
    const known = explainError(error, request.routeOptions.bodyLimit ?? 0)
    if (known.code === 'internal')
      log.error(
        { err: error, requestId: request.id, method: request.method, route: request.routeOptions.url },
        'a request failed',
      )
    return sendProblem(known, request, reply)
  })
}

export const noSuchRoute = (request: FastifyRequest): LunaError =>
  new LunaError('not-found', `There is no ${request.method} ${pathOf(request)}. What there is, is listed at /docs.`)
