import type { chat } from '@luna/contracts'
import { type CallHandlers, isUuid, personOf } from '@luna/service'
import type { ChatContext } from '../context.ts'
import { findConversation, noSuch } from '../conversations/find-conversation.ts'
import { decodePage, encodePage, isNumber, pageLimit } from '../conversations/page-cursor.ts'
import { messageColumns, toMessages } from './message-extras.ts'
import { readBranch } from './read-branch.ts'

type Handlers = CallHandlers<typeof chat, ChatContext>

/** The active branch or another one, its end first and pages leading to older messages; or the whole tree by age. */
export const listMessages: Handlers['listMessages'] = async (input, ctx, { scope }) => {
  const key = await ctx.keys.of(personOf(scope))
  const limit = pageLimit(input.limit)
  return ctx.db.transaction(scope, async tx => {
    const conversation = await findConversation(tx, input.conversationId)
    if (input.tree) {
      const after = decodePage(input.cursor, isNumber) ?? 0
      const rows = await tx.sql
        .selectFrom('messages')
        .select(messageColumns)
        .where('conversation_id', '=', input.conversationId)
        .where('placed', '=', true)
        .where('seq', '>', after)
        .orderBy('seq')
        .limit(limit + 1)
        .execute()
      const shown = rows.slice(0, limit)
      return {
        items: await toMessages(tx, key, shown),
        nextCursor: rows.length > limit ? encodePage(shown.at(-1)?.seq) : null,
      }
    }
    const leafId = decodePage(input.cursor, isUuid) ?? input.leafId ?? conversation.active_leaf_id
    const page = await readBranch(tx, leafId, limit)
    if (page.rows.some(row => row.conversation_id !== conversation.id) || (input.leafId && page.rows.length === 0))
      throw noSuch('message in this conversation')
    return {
      items: await toMessages(tx, key, page.rows),
      nextCursor: page.olderLeafId ? encodePage(page.olderLeafId) : null,
    }
  })
}

export const getMessage: Handlers['getMessage'] = async ({ messageId }, ctx, { scope }) => {
  const key = await ctx.keys.of(personOf(scope))
  return ctx.db.transaction(scope, async tx => {
    const row = await tx.sql
      .selectFrom('messages')
      .select(messageColumns)
      .where('id', '=', messageId)
      .executeTakeFirst()
    const [message] = row ? await toMessages(tx, key, [row]) : []
    if (!message) throw noSuch('message')
    return message
  })
}
