import type { MemoryItem } from '@luna/contracts'
import type { PersonKey } from '@luna/service'
import { type Selectable, sql } from 'kysely'
import type { MemoryTx } from '../context.ts'
import type { MemoryTable } from '../db/tables.ts'
import { openBody } from './body.ts'

/** A memory with what it takes to show it. */
export interface MemoryRow extends Omit<Selectable<MemoryTable>, 'lexemes'> {
  sources: string[] | null
  stands: boolean
  /** The one that took its place, while that stands. */
  replaced_by: string | null
  replaced_from: Date | null
}

/** Memories of a person; the condition speaks of `m`, and may name `stands`, `replaced_by` and `replaced_from`. */
export async function readMemories(
  { sql: trx }: MemoryTx,
  personId: string,
  condition: ReturnType<typeof sql>,
): Promise<MemoryRow[]> {
  const { rows } = await sql<MemoryRow>`
    select * from (
      select m.person_id, m.id, m.version, m.character_id, m.kind, m.origin, m.extractor, m.body, m.slot, m.content_hash,
        m.importance, m.valence, m.confidence, m.sensitivity, m.pinned, m.observed_at, m.valid_from, m.valid_to,
        m.superseded_by, m.superseded_at, m.used_count, m.used_at, m.seq, m.created_at, m.updated_at, m.lexemes,
        stands(m.person_id, m.id) as stands,
        r.id as replaced_by, coalesce(r.valid_from, r.observed_at) as replaced_from,
        (select array_agg(s.message_id order by s.message_id) from memory_sources s
          where s.person_id = m.person_id and s.memory_id = m.id) as sources
      from memories m
      left join memories r on r.person_id = m.person_id and r.id = m.superseded_by and stands(r.person_id, r.id)
      where m.person_id = ${personId}::uuid
    ) m where ${condition}`.execute(trx)
  return rows
}

export function toItem(row: MemoryRow, key: PersonKey): MemoryItem {
  const { text, subject, entities, tags } = openBody(key, row.id, row.body)
  const validTo = [row.valid_to, row.replaced_from].flatMap(date => (date ? [date.getTime()] : []))
  return {
    id: row.id,
    text,
    kind: row.kind,
    subject,
    importance: row.importance,
    valence: round(row.valence),
    confidence: round(row.confidence),
    observedAt: row.observed_at.toISOString(),
    ...(row.valid_from ? { validFrom: row.valid_from.toISOString() } : {}),
    ...(validTo.length > 0 ? { validTo: new Date(Math.min(...validTo)).toISOString() } : {}),
    ...(row.replaced_by ? { supersededBy: row.replaced_by } : {}),
    pinned: row.pinned,
    tags,
    entities,
    sensitivity: row.sensitivity,
    ...(row.character_id ? { characterId: row.character_id } : {}),
    sourceMessageIds: row.sources ?? [],
    origin: row.origin,
    usedCount: row.used_count,
    ...(row.used_at ? { lastUsedAt: row.used_at.toISOString() } : {}),
    version: row.version,
  }
}

const round = (value: number): number => Math.round(value * 1_000) / 1_000
