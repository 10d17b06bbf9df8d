import type { chat } from '@luna/contracts'
import { type CallHandlers, personOf } from '@luna/service'
import type { ChatContext, ChatTx } from '../context.ts'
import { findConversation } from '../conversations/find-conversation.ts'
import { decodePage, encodePage } from '../conversations/page-cursor.ts'
import { toConversation } from '../conversations/to-conversation.ts'
import { messageColumns, toMessages } from '../messages/message-extras.ts'

type Handlers = CallHandlers<typeof chat, ChatContext>

/** Where an export stands: the last conversation, and the last message in it. */
interface Place {
  conversation: string | null
  seq: number
}

const isPlace = (value: unknown): value is Place =>
  typeof value === 'object' && value !== null && 'conversation' in value && 'seq' in value

const rowsPerPage = 100

/** One row a conversation, then one row for each of its messages, all branches, oldest first. */
export const exportPage: Handlers['exportPage'] = async (input, ctx, { scope }) => {
  const personId = personOf(scope)
  const key = await ctx.keys.of(personId)
  const place = decodePage(input.cursor, isPlace) ?? { conversation: null, seq: 0 }
  return ctx.db.transaction(scope, async tx => {
    if (input.conversationId) await findConversation(tx, input.conversationId)
    const current = place.conversation ?? (await nextConversation(tx, personId, null, input.conversationId))
    if (!current) return { rows: [], nextCursor: null }
    const rows: Record<string, unknown>[] = []
    if (place.seq === 0)
      rows.push({ kind: 'conversation', ...toConversation(await findConversation(tx, current), key) })
    const found = await tx.sql
      .selectFrom('messages')
      .select(messageColumns)
      .where('conversation_id', '=', current)
      .where('seq', '>', place.seq)
      .orderBy('seq')
      .limit(rowsPerPage)
      .execute()
    for (const message of await toMessages(tx, key, found)) rows.push({ kind: 'message', ...message })
    const last = found.at(-1)
    if (found.length === rowsPerPage && last)
      return { rows, nextCursor: encodePage({ conversation: current, seq: last.seq }) }
    const next = input.conversationId ? null : await nextConversation(tx, personId, current)
    return { rows, nextCursor: next ? encodePage({ conversation: next, seq: 0 }) : null }
  })
}

async function nextConversation(
  tx: ChatTx,
  personId: string,
  after: string | null,
  only?: string,
): Promise<string | null> {
  if (only) return only
  let query = tx.sql.selectFrom('conversations').select('id').where('person_id', '=', personId).orderBy('id').limit(1)
  if (after) query = query.where('id', '>', after)
  return (await query.executeTakeFirst())?.id ?? null
}
