import { type PersonKey, person } from '@luna/service'
import { sql } from 'kysely'
import type { MemoryContext } from '../context.ts'
import { textPlace } from '../follow/episode.ts'
import { openBody } from '../memories/body.ts'
import type { Ranked } from '../rank/rank.ts'
import { withheldOf } from './load-changes.ts'
import type { Found } from './pack.ts'
import { without } from './withheld.ts'

interface EpisodeRow {
  message_id: string
  speaker: Found['speaker']
  said_at: Date
  text: Buffer
  withheld: [number, number][] | null
}

interface MemoryRow {
  id: string
  body: Buffer
  observed_at: Date
  valid_from: Date | null
  valid_to: Date | null
  pinned: boolean
  sources: string[] | null
}

/**
 * Reads what was ranked from the database, in the order of the ranking. Whatever an index may have believed, only what
 * stands there now is given: on the active branch, of a conversation that is known as it is.
 */
export async function openFound(
  ctx: Pick<MemoryContext, 'db'>,
  key: PersonKey,
  personId: string,
  ranked: readonly Ranked[],
  { leaveOut, withWithheld = false }: { leaveOut: string | null; withWithheld?: boolean },
): Promise<Found[]> {
  if (ranked.length === 0) return []
  const ids = ranked.map(({ id }) => id)
  const [episodes, memories] = await ctx.db.transaction(person(personId), ({ sql: trx }) =>
    Promise.all([
      sql<EpisodeRow>`
        select e.message_id, e.speaker, e.said_at, e.text, w.stretches as withheld
        from episodes e
        join conversations c on c.person_id = e.person_id and c.conversation_id = e.conversation_id
        left join ${withheldOf(personId)} w on w.message_id = e.message_id
        where e.person_id = ${personId}::uuid and e.message_id = any(${ids}::uuid[]) and e.active and c.revision >= c.heard
          and (${leaveOut}::uuid is null or e.conversation_id <> ${leaveOut}::uuid)`.execute(trx),
      sql<MemoryRow>`
        select m.id, m.body, m.observed_at, m.valid_from, m.valid_to, m.pinned, s.sources
        from memories m
        left join lateral (
          select array_agg(message_id) as sources, coalesce(bool_or(conversation_id = ${leaveOut}::uuid), false) as unproven
          from memory_sources where person_id = m.person_id and memory_id = m.id) s on true
        where m.person_id = ${personId}::uuid and m.id = any(${ids}::uuid[]) and stands(m.person_id, m.id)
          and (m.origin = 'person' or not s.unproven)`.execute(trx),
    ]),
  )
  const said = new Map(episodes.rows.map(row => [row.message_id, row]))
  const known = new Map(memories.rows.map(row => [row.id, row]))
  return ranked.flatMap((each): Found[] => {
    const episode = said.get(each.id)
    if (episode) {
      const { text, speaker, said_at: at, withheld } = episode
      const whole = key.open(text, textPlace(each.id))
      const rest = withWithheld ? whole : without(whole, withheld ?? [])
      return [{ ranked: each, kind: 'episode', text: rest, speaker, at, pinned: false, sources: [] }]
    }
    const memory = known.get(each.id)
    if (!memory) return []
    return [
      {
        ranked: each,
        kind: 'memory',
        text: openBody(key, each.id, memory.body).text,
        speaker: 'person',
        at: memory.valid_from ?? memory.observed_at,
        pinned: memory.pinned,
        sources: memory.sources ?? [],
        ...(memory.valid_to ? { validTo: memory.valid_to } : {}),
      },
    ]
  })
}
