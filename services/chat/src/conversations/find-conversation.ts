import { LunaError } from '@luna/contracts'
import type { ChatTx } from '../context.ts'
import { queueColumns } from '../turns/start-turn.ts'
import type { ConversationRow } from './to-conversation.ts'

export const noSuch = (what: string): LunaError =>
  new LunaError('not-found', `There is no such ${what}. It may have been deleted.`)

export async function findConversation(tx: ChatTx, id: string): Promise<ConversationRow> {
  const row = await tx.sql.selectFrom('conversations').selectAll().where('id', '=', id).executeTakeFirst()
  if (!row) throw noSuch('conversation')
  return row
}

/** Locks the row: everything that changes the tree or the queue of a conversation goes through here. */
export async function lockConversation(tx: ChatTx, id: string, ifVersion?: number): Promise<ConversationRow> {
  const row = await tx.sql.selectFrom('conversations').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
  if (!row) throw noSuch('conversation')
  requireVersion('conversation', row.version, ifVersion)
  return row
}

/** As {@link lockConversation}, and whether turns wait in it: for what puts a turn into it. */
export async function lockWithQueue(
  tx: ChatTx,
  id: string,
): Promise<ConversationRow & { has_queue: boolean; at: Date }> {
  const row = await tx.sql
    .selectFrom('conversations')
    .selectAll()
    .select(queueColumns)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (!row) throw noSuch('conversation')
  return row
}

/** Stale writes are refused, never merged silently. */
export function requireVersion(what: string, stored: number, wanted: number | undefined): void {
  if (wanted === undefined || wanted === stored) return
  throw new LunaError(
    'stale',
    `The ${what} was changed meanwhile: the change was made against version ${wanted}, stored is ${stored}. Load it again and repeat the change.`,
    { details: { stored, wanted } },
  )
}
