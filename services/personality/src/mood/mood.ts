import { LunaError, limits, type MoodState, type personality } from '@luna/contracts'
import { type CallHandlers, personOf, type Scope } from '@luna/service'
import { sql } from 'kysely'
import { findPrepared } from '../compose/composed.ts'
import type { PersonalityContext } from '../context.ts'
import { mindOf } from './mood-store.ts'
import { nameOfMood } from './name.ts'
import { type Mind, rest } from './step.ts'

type Handlers = CallHandlers<typeof personality, PersonalityContext>

/** Where a character's moods come to rest, as its card says. */
export async function baselineOf(ctx: PersonalityContext, scope: Scope, characterId: string): Promise<Mind> {
  const row = await ctx.db.transaction(scope, db =>
    db.sql.selectFrom('characters').select('version').where('id', '=', characterId).executeTakeFirst(),
  )
  const { sheet } = await findPrepared(ctx, scope, characterId, row?.version ?? null)
  return { point: sheet.mood, skills: sheet.skills }
}

export const getMood: Handlers['getMood'] = async ({ characterId }, ctx, { scope }) => {
  const personId = personOf(scope)
  const baseline = await baselineOf(ctx, scope, characterId)
  const { last, count, settings } = await ctx.db.transaction(scope, async ({ sql: db }) => {
    const mine = () =>
      db.selectFrom('mood_turns').where('person_id', '=', personId).where('character_id', '=', characterId)
    return {
      last: await mine().selectAll().orderBy('at', 'desc').orderBy('turn_id', 'desc').limit(1).executeTakeFirst(),
      count: await mine()
        .select(eb => eb.fn.countAll<string>().as('count'))
        .executeTakeFirstOrThrow(),
      settings: await db
        .selectFrom('moods')
        .selectAll()
        .where('person_id', '=', personId)
        .where('character_id', '=', characterId)
        .executeTakeFirst(),
    }
  })
  const now = last ? rest(mindOf(last), baseline, ctx.clock.now().getTime() - last.at.getTime()) : baseline
  const state: MoodState = {
    characterId,
    enabled: settings?.enabled ?? true,
    ...now.point,
    name: nameOfMood(now.point),
    skills: now.skills,
    baseline: baseline.point,
    turns: Number(count.count),
    updatedAt: last?.at.toISOString() ?? null,
    version: (settings?.version ?? 1) + Number(count.count),
  }
  return state
}

/** Newest first; the cursor is the time and the turn of the last. */
export const moodHistory: Handlers['moodHistory'] = async (
  { characterId, limit = limits.pageRows, cursor },
  ctx,
  { scope },
) => {
  const personId = personOf(scope)
  const [at, turnId] = cursor?.split('|') ?? []
  if (cursor !== undefined && (Number.isNaN(Date.parse(at ?? '')) || !turnId))
    throw new LunaError('invalid', 'The cursor is not one of this list: pass nextCursor of the page before, unchanged.')
  await baselineOf(ctx, scope, characterId)
  const rows = await ctx.db.transaction(scope, tx => {
    const all = tx.sql
      .selectFrom('mood_turns')
      .selectAll()
      .where('person_id', '=', personId)
      .where('character_id', '=', characterId)
      .orderBy('at', 'desc')
      .orderBy('turn_id', 'desc')
      .limit(limit + 1)
    return (
      cursor === undefined ? all : all.where(sql<boolean>`(at, turn_id) < (${at}::timestamptz, ${turnId}::uuid)`)
    ).execute()
  })
  const items = rows.slice(0, limit).map(row => {
    const { point, skills } = mindOf(row)
    return {
      turnId: row.turn_id,
      at: row.at.toISOString(),
      ...point,
      name: nameOfMood(point),
      skills,
      sentiment: row.sentiment,
    }
  })
  const last = items.at(-1)
  return { items, nextCursor: rows.length > limit && last ? `${last.at}|${last.turnId}` : null }
}

export const setMood: Handlers['setMood'] = async ({ characterId, enabled, forget }, ctx, request) => {
  const personId = personOf(request.scope)
  await baselineOf(ctx, request.scope, characterId)
  await ctx.db.transaction(request.scope, async ({ sql: db }) => {
    if (forget)
      await db
        .deleteFrom('mood_turns')
        .where('person_id', '=', personId)
        .where('character_id', '=', characterId)
        .execute()
    await db
      .insertInto('moods')
      .values({ person_id: personId, character_id: characterId, ...(enabled === undefined ? {} : { enabled }) })
      .onConflict(conflict =>
        conflict
          .columns(['person_id', 'character_id'])
          .doUpdateSet(eb => ({ version: eb('moods.version', '+', 1), ...(enabled === undefined ? {} : { enabled }) })),
      )
      .execute()
  })
  const mood = await getMood({ characterId }, ctx, request)
  ctx.changed(personId, 'mood', characterId, mood.version)
  return mood as MoodState
}
