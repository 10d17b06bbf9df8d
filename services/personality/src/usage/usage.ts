import type { personality } from '@luna/contracts'
import { type CallHandlers, personOf } from '@luna/service'
import { sql } from 'kysely'
import { loadCharacter } from '../catalogue/store.ts'
import type { PersonalityContext, PersonalityTx } from '../context.ts'

type Handlers = CallHandlers<typeof personality, PersonalityContext>

interface Sums {
  turns: string
  people: string
  tokens: string
  milliseconds: string
  generations: string
  rated: string
  stars: string | null
}

/** The owner sees the sums over everybody, and of nobody alone; others their own share. */
export const characterUsage: Handlers['characterUsage'] = async ({ characterId }, ctx, { scope }) => {
  const personId = personOf(scope)
  await loadCharacter(ctx, scope, characterId)
  const sums = await ctx.db.transaction(scope, async tx => {
    const owned = await sql<Sums>`select * from usage_of(${characterId})`.execute(tx.sql)
    if (owned.rows[0]) return owned.rows[0]
    const mine = await sql<Sums>`
      select turns, 1 as people, tokens, milliseconds, generations, (stars is not null)::int as rated, stars
      from character_usage where character_id = ${characterId} and person_id = ${personId}`.execute(tx.sql)
    return mine.rows[0]
  })
  return {
    turns: Number(sums?.turns ?? 0),
    people: Number(sums?.people ?? 0),
    tokens: Number(sums?.tokens ?? 0),
    milliseconds: Number(sums?.milliseconds ?? 0),
    generations: Number(sums?.generations ?? 0),
    ratings: { count: Number(sums?.rated ?? 0), average: sums?.stars == null ? null : Number(sums.stars) },
  }
}

export const rateCharacter: Handlers['rateCharacter'] = async ({ characterId, stars }, ctx, { scope }) => {
  const personId = personOf(scope)
  await loadCharacter(ctx, scope, characterId)
  await ctx.db.transaction(scope, tx =>
    tx.sql
      .insertInto('character_usage')
      .values({ character_id: characterId, person_id: personId, stars })
      .onConflict(conflict => conflict.columns(['character_id', 'person_id']).doUpdateSet({ stars }))
      .execute(),
  )
  return { stars }
}

/** Counts a generation of a character or of a field of it. */
export async function countGeneration(tx: PersonalityTx, personId: string, characterId: string): Promise<void> {
  await tx.sql
    .insertInto('character_usage')
    .values({ character_id: characterId, person_id: personId, generations: 1, stars: null })
    .onConflict(conflict =>
      conflict
        .columns(['character_id', 'person_id'])
        .doUpdateSet(eb => ({ generations: eb('character_usage.generations', '+', 1) })),
    )
    .execute()
}
