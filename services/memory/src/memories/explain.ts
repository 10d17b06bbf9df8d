import type { CallInput, CallOutput, memory } from '@luna/contracts'
import { type CallRequest, person, personOf } from '@luna/service'
import { sql } from 'kysely'
import type { MemoryContext } from '../context.ts'
import { textPlace } from '../follow/episode.ts'
import { openBody } from './body.ts'
import { rowOf } from './find.ts'
import { readMemories, toItem } from './row.ts'

type Definition = typeof memory.calls.explainMemory

interface Source {
  message_id: string
  conversation_id: string
  speaker: 'person' | 'character'
  text: Buffer
  said_at: Date
}

const mostSources = 20

/** Why a memory is held: the turns it was concluded from, what it was before, and what it took the place of. */
export async function explainMemory(
  { id }: CallInput<Definition>,
  ctx: MemoryContext,
  { scope }: CallRequest,
): Promise<CallOutput<Definition>> {
  const personId = personOf(scope)
  const key = await ctx.keys.of(personId)
  return ctx.db.transaction(person(personId), async tx => {
    const row = await rowOf(tx, personId, id)
    const { rows: sources } = await sql<Source>`
      select e.message_id, e.conversation_id, e.speaker, e.text, e.said_at
      from memory_sources s join episodes e on e.person_id = s.person_id and e.message_id = s.message_id
      where s.person_id = ${personId}::uuid and s.memory_id = ${id}::uuid and e.active
      order by e.said_at limit ${mostSources}`.execute(tx.sql)
    const versions = await tx.sql
      .selectFrom('memory_versions')
      .selectAll()
      .where('person_id', '=', personId)
      .where('memory_id', '=', id)
      .orderBy('version')
      .execute()
    const older = await readMemories(tx, personId, sql`replaced_by = ${id}::uuid and stands order by observed_at`)
    return {
      memory: toItem(row, key),
      sources: sources.map(each => ({
        messageId: each.message_id,
        conversationId: each.conversation_id,
        speaker: each.speaker,
        text: key.open(each.text, textPlace(each.message_id)),
        at: each.said_at.toISOString(),
      })),
      versions: versions.map(each => ({
        version: each.version,
        text: openBody(key, id, each.body).text,
        at: each.recorded_at.toISOString(),
        reason: each.reason,
      })),
      supersedes: older.map(each => {
        const { text, validTo } = toItem(each, key)
        return { id: each.id, text, ...(validTo ? { validTo } : {}) }
      }),
    }
  })
}
