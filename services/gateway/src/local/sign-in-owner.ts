import { person, personKeyFrom } from '@luna/service'
import { nameContext } from '../accounts/account.ts'
import type { Role } from '../auth/principal.ts'
import type { GatewayContext } from '../context.ts'
import { findOwner } from '../db/look-ups.ts'
import { makePersonKey } from '../keys/person-key.ts'
import { type OpenedSession, openSession } from '../sessions/open-session.ts'

const ownerRoles: Role[] = ['user', 'moderator', 'operator']
const ownerName = 'You'

type Needs = Pick<GatewayContext, 'db' | 'store' | 'random' | 'secrets'>

/** Makes the owner's account; of two at once, one makes it. */
async function makeOwner(ctx: Needs): Promise<void> {
  const personId = ctx.random.id()
  await ctx.db.transaction(person(personId), async ({ sql }) => {
    const key = personKeyFrom(await makePersonKey(sql, ctx.secrets, personId))
    const { numInsertedOrUpdatedRows } = await sql
      .insertInto('accounts')
      .values({ id: personId, owner: true, name_sealed: key.seal(ownerName, nameContext(personId)), roles: ownerRoles })
      .onConflict(conflict => conflict.column('owner').where('owner', '=', true).doNothing())
      .executeTakeFirst()
    if (numInsertedOrUpdatedRows === 0n) await sql.deleteFrom('person_keys').where('person_id', '=', personId).execute()
  })
}

/** Opens a session for the owner of this machine, whose account is made at the first sign-in. */
export async function signInOwner(ctx: Needs): Promise<OpenedSession & { personId: string }> {
  let owner = await findOwner(ctx)
  if (!owner) {
    await makeOwner(ctx)
    owner = await findOwner(ctx)
  }
  if (!owner) throw new Error('the owner’s account was made and is not there')
  const personId = owner.id
  return await ctx.db.transaction(person(personId), async ({ sql }) => ({
    personId,
    ...(await openSession(ctx, sql, personId)),
  }))
}
