import { LunaError } from '@luna/contracts'
import { person } from '@luna/service'
import type { GatewayContext } from '../context.ts'
import { findAccount } from '../db/look-ups.ts'
import { type OpenedSession, openSession } from '../sessions/open-session.ts'
import { verifyPassword } from './password.ts'

/**
 * Opens a session for a mail address and its password.
 * @throws LunaError `unauthorized`, in the same words and about the same time whether the address or the password is wrong
 */
export async function login(
  ctx: Pick<GatewayContext, 'db' | 'store' | 'random' | 'secrets'>,
  { email, password }: { email: string; password: string },
): Promise<OpenedSession & { personId: string }> {
  const indexes = ctx.secrets.emailIndexes(email)
  const account = await findAccount(ctx, indexes)
  if (!(await verifyPassword(account?.password_hash ?? null, password)) || !account)
    throw new LunaError('unauthorized', 'Mail address or password is wrong. Check both and try again.')
  const personId = account.id
  return await ctx.db.transaction(person(personId), async ({ sql }) => {
    const index = indexes[0]
    if (index && !account.email_index.equals(index))
      await sql.updateTable('accounts').set({ email_index: index }).where('id', '=', personId).execute()
    return { personId, ...(await openSession(ctx, sql, personId)) }
  })
}
