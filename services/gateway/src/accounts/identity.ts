import { LunaError } from '@luna/contracts'
import type { CallRequest } from '@luna/service'
import type { GatewayContext } from '../context.ts'
import { readAccount } from './account.ts'

/** Serves `gateway.identity.v1`: to Luna's own services about anybody, to a person about themselves. */
export async function identity(input: { personId: string }, ctx: GatewayContext, { scope }: CallRequest) {
  if (scope.kind !== 'system' && scope.personId !== input.personId)
    throw new LunaError('not-found', 'There is no such account.')
  const { id, displayName, email, roles, birthYear } = await readAccount(ctx, input.personId)
  return { personId: id, displayName, email, roles, birthYear }
}
