import { LunaError } from '@luna/contracts'
import type { FastifyRequest } from 'fastify'
import type { GatewayContext } from '../context.ts'
import { addressKey } from '../limits/address-key.ts'
import { requireRoom } from '../limits/require.ts'

/** Names under which clients of other systems put a secret into a URL, where every log and proxy keeps it. */
const secretNames = ['token', 'access_token', 'accesstoken', 'api_key', 'apikey', 'key', 'auth', 'authorization', 'jwt']

/**
 * Decides before the upgrade whether a socket is opened at all.
 * @throws LunaError `invalid` for a secret in the URL, `forbidden` for a cookie from a foreign page, `rate-limited`
 */
export async function admit(ctx: GatewayContext, request: FastifyRequest): Promise<void> {
  refuseSecrets(request.query)
  await requireRoom(ctx.limits, 'requests', addressKey(request.ip))
  await ctx.auth.fromRequest(request, { upgrade: true }).catch(error => {
    // Not signed in by the upgrade: `hello` may bring a token.
    if (LunaError.from(error).code !== 'unauthorized') throw error
  })
}

function refuseSecrets(query: unknown): void {
  const found = Object.keys(query ?? {}).find(name => secretNames.includes(name.toLowerCase()))
  if (found !== undefined)
    throw new LunaError(
      'invalid',
      `A secret does not belong into a URL (found \`${found}\`): it is kept in logs. Send it as \`token\` of the frame \`hello\`, and make a new one.`,
    )
}
