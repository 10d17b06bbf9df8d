import type { Conversation } from '@luna/contracts'
import type { PersonKey } from '@luna/service'
import type { Selectable } from 'kysely'
import { openField } from '../db/message-body.ts'
import type { ConversationTable } from '../db/tables.ts'

export type ConversationRow = Selectable<ConversationTable>

/** A stored row as the public shape. */
export const toConversation = (row: ConversationRow, key: PersonKey): Conversation => ({
  id: row.id,
  title: row.title ? openField<string>(key, `title.${row.id}`, row.title) : '',
  characterIds: row.character_ids,
  activeLeafId: row.active_leaf_id,
  private: row.private,
  tags: row.tags ? openField<string[]>(key, `tags.${row.id}`, row.tags) : [],
  revision: row.revision,
  createdAt: row.created_at.toISOString(),
  updatedAt: row.updated_at.toISOString(),
  version: row.version,
})
