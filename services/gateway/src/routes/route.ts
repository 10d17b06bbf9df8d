import { limits } from '@luna/contracts'
import type { FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { GatewayContext } from '../context.ts'

/** The routes of one noun. */
export type Routes = (ctx: GatewayContext) => FastifyPluginAsyncZod

export const byId = z.object({ id: z.uuid() })

/** `?limit=&cursor=`, as text that a query string holds. */
export const listQuery = {
  limit: z.coerce.number().int().min(1).max(limits.pageRows).optional(),
  cursor: z.string().min(1).max(500).optional(),
}

export const nothing = z.undefined().describe('Nothing more to say.')

/** Only what was given: calls are strict about optional members. */
export const given = <T extends Record<string, unknown>>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as never

/**
 * The client's own id of what it sends: from the body, else its Idempotency-Key where that is a UUID, else a new one.
 * Whoever gives neither cannot send the same thing again safely.
 */
export function clientIdOf(
  request: FastifyRequest,
  bodyId: string | undefined,
  ctx: Pick<GatewayContext, 'random'>,
): string {
  const key = z.uuid().safeParse(request.headers['idempotency-key'])
  return bodyId ?? (key.success ? key.data : ctx.random.id())
}
