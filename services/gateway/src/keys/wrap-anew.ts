import { LunaError } from '@luna/contracts'
import { type BackgroundWork, person, personKeyFrom, system } from '@luna/service'
import { emailContext } from '../accounts/account.ts'
import type { GatewayContext } from '../context.ts'
import { readPersonKey } from './person-key.ts'

const batch = 200

async function nextPeople({ db }: GatewayContext, after: string): Promise<string[]> {
  const rows = await db.transaction(system, ({ sql }) =>
    sql
      .selectFrom('person_keys')
      .select('person_id')
      .where('person_id', '>', after)
      .orderBy('person_id')
      .limit(batch)
      .execute(),
  )
  return rows.map(row => row.person_id)
}

/** Moves what hangs on the previous master key to the current one: the wrapped data key, and the mail address's index. */
async function moveToCurrentKey(ctx: GatewayContext, personId: string): Promise<void> {
  const key = personKeyFrom(await readPersonKey(ctx, personId))
  await ctx.db.transaction(person(personId), async ({ sql }) => {
    const account = await sql
      .selectFrom('accounts')
      .select('email_sealed')
      .where('id', '=', personId)
      .executeTakeFirst()
    if (!account?.email_sealed) return
    const [index] = ctx.secrets.emailIndexes(key.open(account.email_sealed, emailContext(personId)))
    if (index) await sql.updateTable('accounts').set({ email_index: index }).where('id', '=', personId).execute()
  })
}

function erasedMeanwhile(error: unknown): void {
  if (LunaError.from(error).code !== 'not-found') throw error
}

/** Everybody's key, one after the other, so that LUNA_MASTER_KEY_PREVIOUS can be taken away soon. */
export async function wrapAnew(ctx: GatewayContext, stopped: () => boolean): Promise<number> {
  let moved = 0
  let people = await nextPeople(ctx, '00000000-0000-0000-0000-000000000000')
  while (people.length > 0 && !stopped()) {
    for (const personId of people) {
      await moveToCurrentKey(ctx, personId).catch(erasedMeanwhile)
      moved += 1
    }
    people = await nextPeople(ctx, people.at(-1) ?? '')
  }
  return moved
}

/** Runs once after a start with a previous master key, beside everything else. */
export const changingMasterKey: BackgroundWork<GatewayContext> = {
  name: 'keys are wrapped anew after a change of the master key',
  async start(ctx) {
    let stopped = false
    const done = !ctx.secrets.ring.previous
      ? Promise.resolve()
      : wrapAnew(ctx, () => stopped).then(
          people =>
            ctx.log.info({ people }, 'every key is wrapped by LUNA_MASTER_KEY: LUNA_MASTER_KEY_PREVIOUS may go'),
          (error: unknown) =>
            ctx.log.error(
              { err: error },
              'keys could not be wrapped anew; keep LUNA_MASTER_KEY_PREVIOUS and start again',
            ),
        )
    return {
      async stop() {
        stopped = true
        await done
      },
    }
  },
}
