import type { PersonKey } from '@luna/service'
import { sql } from 'kysely'
import type { MemoryTx } from '../context.ts'
import { openSummary } from '../extract/summary.ts'
import { textPlace } from '../follow/episode.ts'
import { toEntry } from '../journal/entry.ts'
import { openBody } from '../memories/body.ts'
import { readMemories, toItem } from '../memories/row.ts'

export const kinds = ['episode', 'memory', 'summary', 'journal', 'settings'] as const
export type Kind = (typeof kinds)[number]

export interface Row {
  id: string
  row: Record<string, unknown>
}

interface Page {
  tx: MemoryTx
  key: PersonKey
  personId: string
  after: string
  limit: number
}

/** The rows of each kind after an id, opened. */
export const readers: Readonly<Record<Kind, (page: Page) => Promise<Row[]>>> = {
  async episode({ tx, key, personId, after, limit }) {
    const rows = await tx.sql
      .selectFrom('episodes')
      .selectAll()
      .where('person_id', '=', personId)
      .where('message_id', '>', after)
      .orderBy('message_id')
      .limit(limit)
      .execute()
    return rows.map(each => ({
      id: each.message_id,
      row: {
        messageId: each.message_id,
        conversationId: each.conversation_id,
        parentId: each.parent_id,
        turnId: each.turn_id,
        characterId: each.character_id,
        speaker: each.speaker,
        saidAt: each.said_at.toISOString(),
        active: each.active,
        text: key.open(each.text, textPlace(each.message_id)),
      },
    }))
  },
  async memory({ tx, key, personId, after, limit }) {
    const rows = await readMemories(tx, personId, sql`id > ${after}::uuid order by id limit ${limit}`)
    const versions = await tx.sql
      .selectFrom('memory_versions')
      .selectAll()
      .where('person_id', '=', personId)
      .where(sql<boolean>`memory_id = any(${rows.map(({ id }) => id)}::uuid[])`)
      .orderBy('version')
      .execute()
    return rows.map(each => ({
      id: each.id,
      row: {
        ...toItem(each, key),
        stands: each.stands,
        extractor: each.extractor,
        createdAt: each.created_at.toISOString(),
        versions: versions
          .filter(version => version.memory_id === each.id)
          .map(version => ({
            version: version.version,
            text: openBody(key, each.id, version.body).text,
            reason: version.reason,
            at: version.recorded_at.toISOString(),
          })),
      },
    }))
  },
  async summary({ tx, key, personId, after, limit }) {
    const rows = await tx.sql
      .selectFrom('summaries')
      .selectAll()
      .where('person_id', '=', personId)
      .where('conversation_id', '>', after)
      .orderBy('conversation_id')
      .limit(limit)
      .execute()
    return rows.map(each => ({
      id: each.conversation_id,
      row: {
        conversationId: each.conversation_id,
        messages: each.messages,
        madeAt: each.made_at.toISOString(),
        extractor: each.extractor,
        text: openSummary(key, each.conversation_id, each.body),
      },
    }))
  },
  async journal({ tx, key, personId, after, limit }) {
    const rows = await tx.sql
      .selectFrom('journal')
      .selectAll()
      .where('person_id', '=', personId)
      .where('id', '>', after)
      .orderBy('id')
      .limit(limit)
      .execute()
    return rows.map(each => ({ id: each.id, row: { ...toEntry(each, key) } }))
  },
  async settings({ tx, personId, after }) {
    if (after >= personId) return []
    const row = await tx.sql
      .selectFrom('persons')
      .select(['paused', 'sharing'])
      .where('person_id', '=', personId)
      .where(({ or, eb }) => or([eb('paused', '=', true), eb('sharing', '<>', 'shared')]))
      .executeTakeFirst()
    return row ? [{ id: personId, row }] : []
  },
}
