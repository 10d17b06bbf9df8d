import type { PersonKey } from '@luna/service'
import { sql } from 'kysely'
import type { MemoryTx } from '../context.ts'
import { textPlace } from '../follow/episode.ts'
import { openBody } from '../memories/body.ts'
import type { Source } from '../rank/document.ts'
import { without } from './withheld.ts'

/** A row as an index has it: its source, or that it is not to be found any more. */
export interface Change {
  readonly id: string
  readonly seq: number
  readonly source: Source | null
}

interface EpisodeRow {
  message_id: string
  conversation_id: string
  parent_id: string | null
  character_id: string | null
  speaker: 'person' | 'character' | 'system'
  said_at: Date
  active: boolean
  text: Buffer
  seq: number
  withheld: [number, number][] | null
}

interface MemoryRow {
  id: string
  character_id: string | null
  body: Buffer
  importance: number
  pinned: boolean
  observed_at: Date
  valid_from: Date | null
  valid_to: Date | null
  superseded_from: Date | null
  stands: boolean
  seq: number
}

/** Stretches of messages that are not recalled, each with its message; for a join as `w`. */
export const withheldOf = (personId: string) => sql`(
  select message_id, jsonb_agg(jsonb_build_array(from_char, to_char)) as stretches from withheld
  where person_id = ${personId}::uuid and (because is null or stands(person_id, because)) group by message_id)`

/** Which rows: those that have changed after a number, or those with these ids. */
type Which = { after: number; limit: number } | { ids: readonly string[] }

const episodesWhere = (which: Which) =>
  'ids' in which
    ? sql`e.message_id = any(${[...which.ids]}::uuid[])`
    : sql`e.seq > ${which.after} order by e.seq limit ${which.limit}`
const memoriesWhere = (which: Which) =>
  'ids' in which
    ? sql`m.id = any(${[...which.ids]}::uuid[])`
    : sql`m.seq > ${which.after} order by m.seq limit ${which.limit}`

async function loadBoth({ sql: trx }: MemoryTx, key: PersonKey, personId: string, which: Which) {
  const [said, known] = await Promise.all([
    sql<EpisodeRow>`
      select e.message_id, e.conversation_id, e.parent_id, e.character_id, e.speaker, e.said_at, e.active, e.text, e.seq,
        w.stretches as withheld
      from episodes e left join ${withheldOf(personId)} w on w.message_id = e.message_id
      where e.person_id = ${personId}::uuid and ${episodesWhere(which)}`.execute(trx),
    sql<MemoryRow>`
      select m.id, m.character_id, m.body, m.importance, m.pinned, m.observed_at, m.valid_from, m.valid_to,
        stands(m.person_id, m.id) as stands, m.seq,
        case when s.id is not null and stands(s.person_id, s.id) then coalesce(s.valid_from, s.observed_at) end
          as superseded_from
      from memories m left join memories s on s.person_id = m.person_id and s.id = m.superseded_by
      where m.person_id = ${personId}::uuid and ${memoriesWhere(which)}`.execute(trx),
  ])
  return {
    said: said.rows.map(row => ({ id: row.message_id, seq: row.seq, source: ofEpisode(row, key) })),
    known: known.rows.map(row => ({ id: row.id, seq: row.seq, source: ofMemory(row, key) })),
  }
}

/** Rows by their ids. */
export async function loadRows(
  tx: MemoryTx,
  key: PersonKey,
  personId: string,
  ids: readonly string[],
): Promise<Change[]> {
  const { said, known } = await loadBoth(tx, key, personId, { ids })
  return [...said, ...known]
}

/** All rows of a person that have changed after a number, at most `limit` of each kind, the earliest first. */
export async function loadChanges(
  tx: MemoryTx,
  key: PersonKey,
  personId: string,
  after: number,
  limit: number,
): Promise<Change[]> {
  const [{ said, known }, gone] = await Promise.all([
    loadBoth(tx, key, personId, { after, limit }),
    tx.sql
      .selectFrom('removals')
      .select(['id', 'seq'])
      .where('person_id', '=', personId)
      .where('seq', '>', after)
      .orderBy('seq')
      .limit(limit)
      .execute(),
  ])
  const kinds: Change[][] = [said, known, gone.map(({ id, seq }) => ({ id, seq, source: null }))]
  // A kind that was cut off ends the page for the others as well: nothing between may be skipped.
  const last = Math.min(
    ...kinds.map(rows => (rows.length === limit ? (rows.at(-1)?.seq ?? 0) : Number.POSITIVE_INFINITY)),
  )
  return kinds
    .flat()
    .filter(({ seq }) => seq <= last)
    .toSorted((one, other) => one.seq - other.seq)
}

function ofEpisode(row: EpisodeRow, key: PersonKey): Source | null {
  if (!row.active || row.speaker === 'system') return null
  return {
    id: row.message_id,
    kind: 'episode',
    session: row.conversation_id,
    parentId: row.parent_id,
    speaker: row.speaker,
    characterId: row.character_id,
    at: row.said_at.getTime(),
    text: without(key.open(row.text, textPlace(row.message_id)), row.withheld ?? []),
  }
}

function ofMemory(row: MemoryRow, key: PersonKey): Source | null {
  if (!row.stands) return null
  const until = [row.valid_to, row.superseded_from].flatMap(date => (date ? [date.getTime()] : []))
  return {
    id: row.id,
    kind: 'memory',
    session: row.id,
    parentId: null,
    speaker: 'person',
    characterId: row.character_id,
    at: (row.valid_from ?? row.observed_at).getTime(),
    until: until.length > 0 ? Math.min(...until) : null,
    pinned: row.pinned,
    importance: row.importance,
    text: openBody(key, row.id, row.body).text,
  }
}
