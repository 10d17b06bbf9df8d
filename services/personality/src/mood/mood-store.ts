import { sql } from 'kysely'
import type { PersonalityTx } from '../context.ts'
import { byTime, type Mind, type MindAfter, replay, type TurnImpression } from './step.ts'

export interface MoodRow {
  turn_id: string
  at: Date
  sentiment: number
  energy: number
  laughed: boolean
  valence: number
  arousal: number
  empathy: number
  humour: number
  patience: number
}

const impression = (row: MoodRow): TurnImpression => ({
  turnId: row.turn_id,
  at: row.at.getTime(),
  sentiment: row.sentiment,
  energy: row.energy,
  laughed: row.laughed,
})

export const mindOf = (row: MoodRow): Mind => ({
  point: { valence: row.valence, arousal: row.arousal },
  skills: { empathy: row.empathy, humour: row.humour, patience: row.patience },
})

/**
 * Adds a turn to the history of a mind. A turn that arrives late is put where it belongs in time, and what stands behind it
 * is reckoned anew, so that the order of arrival leaves no trace.
 * @returns the turns whose mind was written
 */
export async function addTurn(
  tx: PersonalityTx,
  of: { personId: string; characterId: string; conversationId: string },
  turn: TurnImpression,
  baseline: Mind,
): Promise<MindAfter[]> {
  const { personId, characterId } = of
  await sql`select pg_advisory_xact_lock(hashtextextended(${`mood ${personId} ${characterId}`}, 2))`.execute(tx.sql)
  const rows = () =>
    tx.sql
      .selectFrom('mood_turns')
      .selectAll()
      .where('person_id', '=', personId)
      .where('character_id', '=', characterId)
  const at = new Date(turn.at)
  const later = await rows()
    .where(eb => eb.or([eb('at', '>', at), eb.and([eb('at', '=', at), eb('turn_id', '>=', turn.turnId)])]))
    .execute()
  const before = await rows()
    .where(eb => eb.or([eb('at', '<', at), eb.and([eb('at', '=', at), eb('turn_id', '<', turn.turnId)])]))
    .orderBy('at', 'desc')
    .orderBy('turn_id', 'desc')
    .limit(1)
    .executeTakeFirst()
  const conversations = new Map(later.map(row => [row.turn_id, row.conversation_id]))
  const turns = [...later.map(impression), turn].toSorted(byTime)
  const minds = replay(turns, baseline, before ? { mind: mindOf(before), at: before.at.getTime() } : null)
  const values = minds.map(({ turn: one, point, skills }) => ({
    person_id: personId,
    character_id: characterId,
    turn_id: one.turnId,
    conversation_id: conversations.get(one.turnId) ?? of.conversationId,
    at: new Date(one.at),
    sentiment: one.sentiment,
    energy: one.energy,
    laughed: one.laughed,
    ...point,
    ...skills,
  }))
  await tx.sql
    .insertInto('mood_turns')
    .values(values)
    .onConflict(conflict =>
      conflict.columns(['person_id', 'character_id', 'turn_id']).doUpdateSet(eb => ({
        valence: eb.ref('excluded.valence'),
        arousal: eb.ref('excluded.arousal'),
        empathy: eb.ref('excluded.empathy'),
        humour: eb.ref('excluded.humour'),
        patience: eb.ref('excluded.patience'),
      })),
    )
    .execute()
  return minds
}
