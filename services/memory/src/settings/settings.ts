import type { CallInput, CallOutput, MemorySettings, memory } from '@luna/contracts'
import { type CallRequest, person, personOf } from '@luna/service'
import type { MemoryContext, MemoryTx } from '../context.ts'

const fallback: MemorySettings = { paused: false, sharing: 'shared' }

export async function isPaused({ sql: trx }: MemoryTx, personId: string): Promise<boolean> {
  const row = await trx.selectFrom('persons').select('paused').where('person_id', '=', personId).executeTakeFirst()
  return row?.paused ?? fallback.paused
}

const read = async ({ sql: trx }: MemoryTx, personId: string): Promise<MemorySettings> =>
  (await trx
    .selectFrom('persons')
    .select(['paused', 'sharing'])
    .where('person_id', '=', personId)
    .executeTakeFirst()) ?? fallback

/** Whether memory learns, and for whom. */
export const getSettings = (
  _: CallInput<typeof memory.calls.getSettings>,
  ctx: MemoryContext,
  { scope }: CallRequest,
): Promise<CallOutput<typeof memory.calls.getSettings>> =>
  ctx.db.transaction(person(personOf(scope)), tx => read(tx, personOf(scope)))

export async function setSettings(
  { paused, sharing }: CallInput<typeof memory.calls.setSettings>,
  ctx: MemoryContext,
  { scope }: CallRequest,
): Promise<CallOutput<typeof memory.calls.setSettings>> {
  const personId = personOf(scope)
  const wanted = { ...(paused === undefined ? {} : { paused }), ...(sharing === undefined ? {} : { sharing }) }
  return ctx.db.transaction(person(personId), async tx => {
    const values = { person_id: personId, ...wanted }
    await tx.sql
      .insertInto('persons')
      .values(values)
      .onConflict(conflict =>
        Object.keys(wanted).length === 0
          ? conflict.column('person_id').doNothing()
          : conflict.column('person_id').doUpdateSet(wanted),
      )
      .execute()
    return read(tx, personId)
  })
}
