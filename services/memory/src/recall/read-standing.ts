import { type PersonKey, person } from '@luna/service'
import { type Selectable, sql } from 'kysely'
import type { MemoryContext, MemoryTx } from '../context.ts'
import type { PersonTable } from '../db/tables.ts'
import { isCurrent } from '../follow/standing.ts'
import { changesSince } from './person-indexes.ts'

/** Where a person's memory stands, read in one round trip. */
export interface Standing {
  /** Whether the conversation is known as of the revision that was asked for. */
  current: boolean
  stale: ReadonlySet<string>
  sharing: 'shared' | 'character'
}

interface AsOf {
  conversationId: string
  revision: number
}

/** Reads where things stand, and brings the index up to date where there is one. */
export async function readStanding(
  ctx: MemoryContext,
  key: PersonKey,
  personId: string,
  asOf: AsOf | null,
): Promise<Standing> {
  const indexed = ctx.indexes.held(personId)
  const { current, stale, settings, changes } = await ctx.db.transaction(person(personId), async tx => {
    const [currentNow, staleNow, found, changed] = await Promise.all([
      asOf === null || isKnown(tx, { ...asOf, personId }),
      sql<{ conversation_id: string }>`
        select conversation_id from conversations where person_id = ${personId}::uuid and revision < heard and not gone`.execute(
        tx.sql,
      ),
      settingsOf(tx, personId),
      indexed ? changesSince(tx, key, personId, indexed) : [],
    ])
    return { current: currentNow, stale: staleNow.rows, settings: found, changes: changed }
  })
  if (indexed) ctx.indexes.apply(personId, indexed, changes)
  return { current, stale: new Set(stale.map(row => row.conversation_id)), sharing: settings?.sharing ?? 'shared' }
}

/** Of what was never stored, or is gone, nothing can be stale. */
async function isKnown({ sql: trx }: MemoryTx, at: AsOf & { personId: string }): Promise<boolean> {
  const row = await trx
    .selectFrom('conversations')
    .select(['revision', 'heard', 'gone'])
    .where('person_id', '=', at.personId)
    .where('conversation_id', '=', at.conversationId)
    .executeTakeFirst()
  return !row || row.gone || isCurrent(row, at.revision)
}

const settingsOf = (
  { sql: trx }: MemoryTx,
  personId: string,
): Promise<Pick<Selectable<PersonTable>, 'sharing'> | undefined> =>
  trx.selectFrom('persons').select('sharing').where('person_id', '=', personId).executeTakeFirst()
