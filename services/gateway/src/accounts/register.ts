import { LunaError } from '@luna/contracts'
import { person, personKeyFrom } from '@luna/service'
import type { GatewayContext } from '../context.ts'
import { findAccount } from '../db/look-ups.ts'
import { makePersonKey } from '../keys/person-key.ts'
import { type OpenedSession, openSession } from '../sessions/open-session.ts'
import { emailContext, nameContext } from './account.ts'
import { hashPassword } from './password.ts'

export interface Registration {
  /** Normalised. */
  email: string
  password: string
  displayName?: string | undefined
}

const taken = (): LunaError =>
  new LunaError('conflict', 'There already is an account with this mail address. Sign in instead.')

const isUniqueViolation = (error: unknown): boolean => (error as { code?: unknown } | null)?.code === '23505'

/**
 * Makes an account with its data key and first session.
 * @throws LunaError `conflict` when the address is taken
 */
export async function register(
  ctx: Pick<GatewayContext, 'db' | 'store' | 'random' | 'secrets'>,
  { email, password, displayName = email.slice(0, email.indexOf('@')) }: Registration,
): Promise<OpenedSession & { personId: string }> {
  const indexes = ctx.secrets.emailIndexes(email)
  if (await findAccount(ctx, indexes)) throw taken()
  const personId = ctx.random.id()
  const passwordHash = await hashPassword(password)
  try {
    return await ctx.db.transaction(person(personId), async ({ sql }) => {
      const key = personKeyFrom(await makePersonKey(sql, ctx.secrets, personId))
      await sql
        .insertInto('accounts')
        .values({
          id: personId,
          email_index: indexes[0] ?? null,
          email_sealed: key.seal(email, emailContext(personId)),
          name_sealed: key.seal(displayName, nameContext(personId)),
          password_hash: passwordHash,
          roles: ['user'],
        })
        .execute()
      return { personId, ...(await openSession(ctx, sql, personId)) }
    })
  } catch (error) {
    throw isUniqueViolation(error) ? taken() : error
  }
}
