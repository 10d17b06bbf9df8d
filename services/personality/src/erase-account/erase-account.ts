import { type gateway, type Payload, personality } from '@luna/contracts'
import { system } from '@luna/service'
import { sql } from 'kysely'
import type { PersonalityContext, PersonalityDelivery } from '../context.ts'
import { prefixOf } from '../files/files.ts'

const personal = [
  'character_usage',
  'moods',
  'mood_turns',
  'conversations',
  'personas',
  'lorebooks',
  'generations',
] as const

/** Erases a person, public characters of theirs included, and answers with what was destroyed; asked again, it answers again. */
export async function eraseAccount(
  { personId, erasureId }: Payload<typeof gateway.events.accountErased>,
  ctx: PersonalityContext,
  delivery: PersonalityDelivery,
): Promise<void> {
  const files = await ctx.blobs.deletePrefix(prefixOf(personId))
  await delivery.once(system, async tx => {
    // Takes the lock that every transaction of the person shares: nothing in flight commits behind the erasure.
    await sql`select pg_advisory_xact_lock(hashtextextended(${personId}::text, 0))`.execute(tx.sql)
    const counts: Record<string, number> = { files }
    for (const table of personal) {
      const done = await tx.sql.deleteFrom(table).where('person_id', '=', personId).executeTakeFirst()
      counts[table] = Number(done.numDeletedRows)
    }
    const characters = await tx.sql.deleteFrom('characters').where('owner_id', '=', personId).executeTakeFirst()
    counts['characters'] = Number(characters.numDeletedRows)
    await tx.sql
      .insertInto('erased_persons')
      .values({ person_id: personId, erasure_id: erasureId })
      .onConflict(conflict => conflict.column('person_id').doNothing())
      .execute()
    tx.publish(personality.events.erased, { personId, erasureId, service: 'personality', counts })
  })
  ctx.keys.drop(personId)
}
