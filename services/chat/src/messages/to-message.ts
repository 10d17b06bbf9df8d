import type { Feedback, Message } from '@luna/contracts'
import type { PersonKey } from '@luna/service'
import type { Selectable } from 'kysely'
import { openBody, openField } from '../db/message-body.ts'
import type { MessageTable } from '../db/tables.ts'

export type MessageRow = Omit<Selectable<MessageTable>, 'search'>

export interface MessageExtras {
  feedback?: Feedback
  siblingIds?: string[]
}

/** A stored row as the public shape. */
export function toMessage(row: MessageRow, key: PersonKey, extras: MessageExtras = {}): Message {
  const body = openBody(key, row.id, row.body)
  return {
    id: row.id,
    conversationId: row.conversation_id,
    parentId: row.parent_id,
    turnId: row.turn_id,
    role: row.role,
    ...(row.character_id ? { characterId: row.character_id } : {}),
    text: body.text,
    status: row.status,
    attachments: body.attachments,
    tags: row.tags ? openField<string[]>(key, `tags.${row.id}`, row.tags) : [],
    createdAt: row.created_at.toISOString(),
    version: row.version,
    ...(extras.feedback ? { feedback: extras.feedback } : {}),
    ...(extras.siblingIds ? { siblingIds: extras.siblingIds } : {}),
  }
}
