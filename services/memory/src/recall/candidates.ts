import { type PersonKey, person, plainTokens } from '@luna/service'
import { sql } from 'kysely'
import type { MemoryContext, MemoryTx } from '../context.ts'
import { textPlace } from '../follow/episode.ts'
import { isCurrent } from '../follow/standing.ts'
import type { DatedText } from './pack.ts'
import type { QueryTerm } from './read-query.ts'
import type { Corpus } from './score.ts'

export interface Reach {
  personId: string
  /** Null: what was said to every character. */
  characterId: string | null
  /** A conversation that could not be brought up to date: nothing of it is proven to stand. */
  leaveOut: string | null
  /** Messages that nobody wants to be reminded of: they are in the prompt. */
  except: readonly string[]
}

/** A conversation that must be known as of a revision. */
export interface AsOf {
  conversationId: string
  revision: number
}

export interface Candidates {
  corpus: Corpus
  texts: DatedText[]
}

const mostCandidates = 200
/** Of so many of the best, the messages before and after are looked at as well. */
const withNeighbours = 50

interface Row {
  message_id: string
  parent_id: string | null
  speaker: DatedText['speaker']
  said_at: Date
  text: Buffer
}

/**
 * The messages with any of these words that stand and are the person's own, the tellingmost first, with their neighbours.
 * @returns null when the conversation is not known as of that revision
 */
export async function findCandidates(
  ctx: MemoryContext,
  key: PersonKey,
  reach: Reach,
  query: readonly QueryTerm[],
  asOf: AsOf | null = null,
): Promise<Candidates | null> {
  const keyed = query.map(({ plain }) => key.tsquery(plain) ?? '')
  const found = await ctx.db.transaction(person(reach.personId), async tx => {
    const [current, counted] = await Promise.all([
      asOf === null || isKnown(tx, { ...asOf, personId: reach.personId }),
      count(tx, reach, query, keyed),
    ])
    if (!current) return null
    const best = counted.occurrences.size === 0 ? [] : await select(tx, reach, query, keyed, counted)
    return { corpus: counted, rows: [...best, ...(await neighbours(tx, reach, best.slice(0, withNeighbours)))] }
  })
  if (!found) return null
  const { corpus, rows } = found
  const unique = [...new Map(rows.map(row => [row.message_id, row])).values()]
  return { corpus, texts: unique.map(row => open(row, key)) }
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

/** What may be recalled: on the active branch of a conversation that is known as it stands now. */
const mayRecall = ({ personId, characterId, leaveOut }: Reach) => sql`
  episodes e join conversations c on c.person_id = e.person_id and c.conversation_id = e.conversation_id
  where e.person_id = ${personId}::uuid and e.active and c.revision >= c.heard
    and (${characterId}::uuid is null or e.character_id is null or e.character_id = ${characterId}::uuid)
    and (${leaveOut}::uuid is null or e.conversation_id <> ${leaveOut}::uuid)`

async function count(
  { sql: trx }: MemoryTx,
  reach: Reach,
  query: readonly QueryTerm[],
  keyed: readonly string[],
): Promise<Corpus> {
  const counting = sql<{ messages: number; words: number | null }>`
    select count(*) as messages, avg(e.words)::float8 as words from ${mayRecall(reach)}`.execute(trx)
  const finding = sql<{ place: number; messages: number }>`
    with found as materialized (
      select e.lexemes from ${mayRecall(reach)} and e.lexemes @@ ${keyed.join(' | ')}::tsquery
    )
    select t.place, count(*) as messages
    from unnest(${keyed}::text[]) with ordinality t(keyed, place) join found f on f.lexemes @@ t.keyed::tsquery
    group by t.place`.execute(trx)
  const [{ rows: totals }, { rows }] = await Promise.all([counting, finding])
  return {
    messages: totals[0]?.messages ?? 0,
    averageWords: totals[0]?.words ?? 0,
    occurrences: new Map(rows.map(row => [query[row.place - 1]?.term ?? '', row.messages])),
  }
}

/** PostgreSQL's own ranks know no rarity, so the candidates are chosen by it here: by the inverse frequency of what they match. */
async function select(
  { sql: trx }: MemoryTx,
  reach: Reach,
  query: readonly QueryTerm[],
  keyed: readonly string[],
  { messages, occurrences }: Corpus,
): Promise<Row[]> {
  const rarity = query.map(({ term }) => Math.log(1 + messages / (occurrences.get(term) ?? messages)))
  const { rows } = await sql<Row>`
    select e.message_id, e.parent_id, e.speaker, e.said_at, e.text
    from ${mayRecall(reach)} and e.lexemes @@ ${keyed.join(' | ')}::tsquery
      and e.message_id <> all(${[...reach.except]}::uuid[])
    order by (
      select sum(t.rarity) from unnest(${keyed}::text[], ${rarity}::float8[]) t(keyed, rarity)
      where e.lexemes @@ t.keyed::tsquery
    ) desc, e.said_at desc
    limit ${mostCandidates}`.execute(trx)
  return rows
}

async function neighbours({ sql: trx }: MemoryTx, reach: Reach, best: readonly Row[]): Promise<Row[]> {
  if (best.length === 0) return []
  const ids = best.map(row => row.message_id)
  const parents = best.map(row => row.parent_id).filter(id => id !== null)
  const { rows } = await sql<Row>`
    select e.message_id, e.parent_id, e.speaker, e.said_at, e.text
    from ${mayRecall(reach)}
      and (e.message_id = any(${parents}::uuid[]) or e.parent_id = any(${ids}::uuid[]))`.execute(trx)
  return rows
}

function open(row: Row, key: PersonKey): DatedText {
  const text = key.open(row.text, textPlace(row.message_id))
  return {
    messageId: row.message_id,
    parentId: row.parent_id,
    speaker: row.speaker,
    saidAt: row.said_at,
    text,
    terms: plainTokens(text),
  }
}
