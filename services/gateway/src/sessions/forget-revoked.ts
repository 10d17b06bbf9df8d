import type { gateway, Payload } from '@luna/contracts'
import type { GatewayContext } from '../context.ts'

/** Whatever replica has ended it: from here on it is not believed by this one either. */
export function forgetRevoked(
  { personId, sessionId }: Payload<typeof gateway.feeds.sessionRevoked>,
  ctx: GatewayContext,
): void {
  ctx.auth.forget(personId, sessionId)
}
