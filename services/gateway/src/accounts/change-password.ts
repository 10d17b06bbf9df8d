import { LunaError } from '@luna/contracts'
import { person } from '@luna/service'
import { sql as text } from 'kysely'
import type { Principal } from '../auth/principal.ts'
import type { GatewayContext } from '../context.ts'
import { broadcastRevoked } from '../sessions/end-session.ts'
import { selectAccount } from './account.ts'
import { hashPassword, verifyPassword } from './password.ts'

/**
 * Another password; every other session ends, since whoever knew the old one may hold it.
 * @throws LunaError `forbidden` when the present password is wrong, `conflict` for the owner of local mode, who has none
 */
export async function changePassword(
  ctx: Pick<GatewayContext, 'db' | 'emit' | 'auth'>,
  { personId, sessionId }: Pick<Principal, 'personId' | 'sessionId'>,
  { current, password }: { current: string; password: string },
): Promise<void> {
  const account = await ctx.db.transaction(person(personId), ({ sql }) => selectAccount(sql, personId))
  if (account?.owner) throw new LunaError('conflict', 'The owner of local mode has no password to change.')
  if (!account || !(await verifyPassword(account.password_hash, current)))
    throw new LunaError('forbidden', 'The present password is wrong. Check it and try again.')
  const passwordHash = await hashPassword(password)
  const ended = await ctx.db.transaction(person(personId), async ({ sql }) => {
    await sql.updateTable('accounts').set({ password_hash: passwordHash }).where('id', '=', personId).execute()
    return sql
      .updateTable('sessions')
      .set({ ended_at: text<Date>`now()` })
      .where('ended_at', 'is', null)
      .$if(sessionId !== null, query => query.where('id', '!=', sessionId ?? ''))
      .returning('id')
      .execute()
  })
  for (const { id } of ended) broadcastRevoked(ctx, personId, id)
}
