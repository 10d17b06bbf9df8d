import type { Message } from '@luna/contracts'
import type { PersonKey } from '@luna/service'
import { sql } from 'kysely'
import type { ChatTx } from '../context.ts'
import { openField } from '../db/message-body.ts'
import { type MessageRow, toMessage } from './to-message.ts'

export const messageColumns = [
  'id',
  'conversation_id',
  'person_id',
  'parent_id',
  'turn_id',
  'role',
  'character_id',
  'body',
  'status',
  'tags',
  'tag_keys',
  'placed',
  'version',
  'seq',
  'created_at',
] as const

/** Opens rows, with the ratings and the branches that belong to them: two queries for any number of rows. */
export async function toMessages(tx: ChatTx, key: PersonKey, rows: readonly MessageRow[]): Promise<Message[]> {
  if (rows.length === 0) return []
  const ids = rows.map(row => row.id)
  const feedback = await tx.sql.selectFrom('feedback').selectAll().where('message_id', 'in', ids).execute()
  const ratings = new Map(
    feedback.map(row => [
      row.message_id,
      {
        rating: row.rating,
        ...(row.reason ? { reason: openField<string>(key, `feedback.${row.message_id}`, row.reason) } : {}),
      },
    ]),
  )
  const conversationIds = [...new Set(rows.map(row => row.conversation_id))]
  const { rows: branches } = await sql<{ ids: string[] }>`
    select array_agg(id order by seq) as ids from messages
    where conversation_id = any(${conversationIds}::uuid[]) and placed
      and (parent_id = any(${rows.map(row => row.parent_id)}::uuid[]) or (parent_id is null and ${rows.some(row => !row.parent_id)}))
    group by conversation_id, parent_id, role having count(*) > 1`.execute(tx.sql)
  const siblings = new Map(branches.flatMap(({ ids: group }) => group.map(id => [id, group] as const)))
  return rows.map(row => {
    const rating = ratings.get(row.id)
    const group = siblings.get(row.id)
    return toMessage(row, key, {
      ...(rating ? { feedback: rating } : {}),
      ...(group ? { siblingIds: group } : {}),
    })
  })
}
