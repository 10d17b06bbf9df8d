import type { CallInput, CallOutput, memory } from '@luna/contracts'
import { type CallRequest, type PersonKey, person, personOf } from '@luna/service'
import { sql } from 'kysely'
import type { MemoryContext, MemoryTx } from '../context.ts'
import { textPlace } from '../follow/episode.ts'
import { openEntry } from '../journal/entry.ts'
import { readMemories, toItem } from '../memories/row.ts'
import { readQuestion } from '../rank/read-question.ts'
import { conclude, type Evidence } from './conclude.ts'
import { seriesOf } from './series.ts'

type Definition = typeof memory.calls.insights

const defaultDays = 90
/** The latest of each kind: beyond it an answer would take too long. */
const mostRead = 1_500

/** What recurs in a person's talks, memories and journal, with its proof, and series to plot. */
export async function insights(
  { days = defaultDays, characterId }: CallInput<Definition>,
  ctx: MemoryContext,
  { scope }: CallRequest,
): Promise<CallOutput<Definition>> {
  const personId = personOf(scope)
  const key = await ctx.keys.of(personId)
  const read = await ctx.db.transaction(person(personId), tx =>
    readEvidence(tx, key, personId, days, characterId ?? null),
  )
  const items = conclude(read.evidence, ctx.clock.now())
  const topics = items
    .filter(({ kind }) => kind === 'topic')
    .map(({ id, title }) => ({ title, key: id.slice('topic:'.length) }))
  return { items, series: seriesOf(read.evidence, read.ratings, topics) }
}

async function readEvidence(tx: MemoryTx, key: PersonKey, personId: string, days: number, characterId: string | null) {
  const since = sql`now() - ${days}::int * interval '1 day'`
  const [said, known, written] = await Promise.all([
    sql<{ message_id: string; conversation_id: string; text: Buffer; said_at: Date }>`
      select e.message_id, e.conversation_id, e.text, e.said_at from episodes e
      join conversations c on c.person_id = e.person_id and c.conversation_id = e.conversation_id
      where e.person_id = ${personId}::uuid and e.active and e.speaker = 'person' and e.words between 3 and 400
        and c.revision >= c.heard and e.said_at > ${since}
        and (${characterId}::uuid is null or e.character_id = ${characterId}::uuid)
        and not exists (select 1 from withheld w where w.person_id = e.person_id and w.message_id = e.message_id)
      order by e.said_at desc limit ${mostRead}`.execute(tx.sql),
    readMemories(
      tx,
      personId,
      sql`stands and replaced_by is null and observed_at > ${since}
        and (${characterId}::uuid is null or character_id is null or character_id = ${characterId}::uuid)
        order by observed_at desc limit ${mostRead}`,
    ),
    sql<{ id: string; body: Buffer; mood: number | null; created_at: Date }>`
      select id, body, mood, created_at from journal where person_id = ${personId}::uuid and created_at > ${since}
      order by created_at desc limit ${mostRead}`.execute(tx.sql),
  ])
  const evidence: Evidence[] = []
  const sessions = new Map(said.rows.map(row => [row.message_id, row.conversation_id]))
  // What a memory was concluded from is counted once, as the memory.
  const concluded = new Set(known.flatMap(row => row.sources ?? []))
  for (const row of said.rows) {
    if (concluded.has(row.message_id)) continue
    const text = key.open(row.text, textPlace(row.message_id))
    evidence.push({
      kind: 'message',
      id: row.message_id,
      session: row.conversation_id,
      at: row.said_at,
      text,
      ...plain(text),
    })
  }
  for (const row of known) {
    const { id, text, kind, tags, entities, valence } = toItem(row, key)
    const session = (row.sources ?? []).map(source => sessions.get(source)).find(each => each !== undefined) ?? id
    evidence.push({
      ...plain(text),
      kind: 'memory',
      id,
      session,
      at: row.observed_at,
      text,
      entities,
      tags,
      valence,
      memoryKind: kind,
    })
  }
  for (const row of written.rows) {
    const { text, tags } = openEntry(key, row.id, row.body)
    const session = row.created_at.toISOString().slice(0, 10)
    const valence = row.mood === null ? 0 : (row.mood - 3) / 2
    evidence.push({ ...plain(text), kind: 'journal', id: row.id, session, at: row.created_at, text, tags, valence })
  }
  const ratings = written.rows.flatMap(row => (row.mood === null ? [] : [{ at: row.created_at, value: row.mood }]))
  return { evidence, ratings }
}

/** Words that memories are written with. */
const framing = new Set([
  'person',
  'persons',
  'called',
  'likes',
  'felt',
  'feel',
  'feeling',
  'worries',
  'today',
  'yesterday',
  'really',
  'thing',
  'day',
])

function plain(text: string): Pick<Evidence, 'words' | 'entities' | 'tags' | 'valence'> {
  const words = new Map(
    readQuestion(text.slice(0, 2_000), new Date(0))
      .words.filter(({ plain: word }) => word.length > 2 && !framing.has(word) && !/^\d/.test(word))
      .map(({ term, plain: word }) => [term, word]),
  )
  return { words, entities: [], tags: [], valence: 0 }
}
