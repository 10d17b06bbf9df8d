import { gateway } from '@luna/contracts'
import { person } from '@luna/service'
import { sql as text } from 'kysely'
import type { GatewayContext } from '../context.ts'

/** Tells every gateway that a session, a key (by its id), or all proofs of a person (null) have ended. */
export function broadcastRevoked(
  ctx: Pick<GatewayContext, 'emit' | 'auth'>,
  personId: string,
  proofId: string | null,
): void {
  ctx.auth.forget(personId, proofId)
  ctx.emit(gateway.feeds.sessionRevoked, 'all', { personId, sessionId: proofId })
}

/** Ends one session: its tokens are refused everywhere from now on, its sockets are closed. */
export async function endSession(
  ctx: Pick<GatewayContext, 'db' | 'emit' | 'auth'>,
  personId: string,
  sessionId: string,
): Promise<void> {
  await ctx.db.transaction(person(personId), async ({ sql }) => {
    await sql
      .updateTable('sessions')
      .set({ ended_at: text<Date>`now()` })
      .where('id', '=', sessionId)
      .where('ended_at', 'is', null)
      .execute()
  })
  broadcastRevoked(ctx, personId, sessionId)
}
