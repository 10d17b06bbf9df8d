import { gateway } from '@luna/contracts'
import { person } from '@luna/service'
import { sql as text } from 'kysely'
import { v4 } from 'uuid'
import type { GatewayContext } from '../context.ts'
import { broadcastRevoked } from '../sessions/end-session.ts'

/** Tables with rows of a person, in the order that foreign keys want; the key itself goes last of all, in `finish-erasure.ts`. */
const ownTables = [
  'idempotent_requests',
  'care',
  'usage',
  'api_keys',
  'refresh_tokens',
  'sessions',
  'accounts',
] as const

type Needs = Pick<GatewayContext, 'db' | 'random' | 'emit' | 'auth'>

/**
 * Erases what the gateway has of a person but the key, and asks every service to do the same. Asked again, the same
 * erasure is meant. Its id is random as a whole (UUIDv4), because whoever has it may read the receipt: the account that
 * could prove anything is gone.
 */
export async function requestErasure(ctx: Needs, personId: string): Promise<{ erasureId: string }> {
  const erasureId = await ctx.db.transaction(person(personId), async tx => {
    const asked = await tx.sql.selectFrom('erasures').select('id').where('person_id', '=', personId).executeTakeFirst()
    if (asked) return asked.id
    const counts: Record<string, number> = {}
    for (const table of ownTables) {
      const column = text.ref(table === 'accounts' ? 'id' : 'person_id')
      const { numAffectedRows } = await text`delete from ${text.table(table)} where ${column} = ${personId}`.execute(
        tx.sql,
      )
      counts[table] = Number(numAffectedRows ?? 0)
    }
    await tx.sql
      .deleteFrom('outbox')
      .where('person_id', '=', personId)
      .where('name', '=', gateway.events.messageSubmitted.name)
      .execute()
    const { id } = await tx.sql
      .insertInto('erasures')
      .values({
        id: v4({ random: ctx.random.bytes(16) }),
        person_id: personId,
        sends: 1,
        next_send_at: text<Date>`now() + interval '5 seconds'`,
        own_counts: JSON.stringify(counts),
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    tx.publish(gateway.events.accountErased, { personId, erasureId: id })
    return id
  })
  broadcastRevoked(ctx, personId, null)
  return { erasureId }
}
