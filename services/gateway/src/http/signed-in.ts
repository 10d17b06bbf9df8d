import { LunaError } from '@luna/contracts'
import { person, type Scope } from '@luna/service'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Principal, Role } from '../auth/principal.ts'
import type { GatewayContext } from '../context.ts'
import { addressKey } from '../limits/address-key.ts'
import { requireRoom } from '../limits/require.ts'

declare module 'fastify' {
  interface FastifyRequest {
    principal: Principal | null
  }
}

/** Every route of this scope asks who it is, and counts under that person; failures count under the address. */
export function requireSignIn(app: FastifyInstance, ctx: GatewayContext): void {
  app.addHook('onRequest', async request => {
    try {
      request.principal = await ctx.auth.fromRequest(request)
    } catch (error) {
      if (LunaError.from(error).code === 'unauthorized')
        await requireRoom(ctx.limits, 'requests', addressKey(request.ip))
      throw error
    }
    await requireRoom(ctx.limits, 'requests', request.principal.personId)
  })
}

/** Every route of this scope counts under the address it is asked from. */
export function limitByAddress(app: FastifyInstance, ctx: GatewayContext): void {
  app.addHook('onRequest', async request => {
    await requireRoom(ctx.limits, 'requests', addressKey(request.ip))
  })
}

/** @throws LunaError `unauthorized` */
export function principalOf(request: FastifyRequest): Principal {
  if (!request.principal) throw new LunaError('unauthorized', 'Sign in first.')
  return request.principal
}

/** What a call to another service on behalf of this request's person carries along. */
export const callerOf = (request: FastifyRequest): { scope: Scope; requestId: string } => ({
  scope: person(principalOf(request).personId),
  requestId: request.id,
})

/** @throws LunaError `forbidden` */
export function requireRole(request: FastifyRequest, role: Role): void {
  if (!principalOf(request).roles.includes(role))
    throw new LunaError(
      'forbidden',
      `This needs the role ${role}. An administrator gives it with \`npx luna user grant EMAIL ${role}\`.`,
    )
}
