import { LunaError } from '@luna/contracts'
import { type CallRequest, person, requireSystem } from '@luna/service'
import { sql as text } from 'kysely'
import { emailAddress } from '../accounts/email.ts'
import type { Role } from '../auth/principal.ts'
import type { GatewayContext } from '../context.ts'
import { findAccount } from '../db/look-ups.ts'

/** Serves `gateway.grant-role.v1`. Giving a role twice changes nothing. */
export async function grantRole(
  input: { email: string; role: 'moderator' | 'operator' },
  ctx: GatewayContext,
  { scope }: CallRequest,
): Promise<{ personId: string; roles: Role[] }> {
  requireSystem(scope)
  const email = emailAddress.safeParse(input.email)
  const found = email.success ? await findAccount(ctx, ctx.secrets.emailIndexes(email.data)) : null
  if (!found) throw new LunaError('not-found', 'There is no account with this mail address. Register it first.')
  const { roles } = await ctx.db.transaction(person(found.id), ({ sql }) =>
    sql
      .updateTable('accounts')
      .set({
        roles: text<
          Role[]
        >`case when ${input.role} = any(roles) then roles else array_append(roles, ${input.role}) end`,
        version: text<number>`version + 1`,
        updated_at: text<Date>`now()`,
      })
      .where('id', '=', found.id)
      .returning('roles')
      .executeTakeFirstOrThrow(),
  )
  ctx.auth.forget(found.id, null)
  return { personId: found.id, roles }
}
