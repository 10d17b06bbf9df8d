import type { chat } from '@luna/contracts'
import { type CallHandlers, personOf } from '@luna/service'
import type { ChatContext } from '../context.ts'
import { findConversation, noSuch } from '../conversations/find-conversation.ts'
import { messageColumns } from '../messages/message-extras.ts'
import { toMessage } from '../messages/to-message.ts'

type Handlers = CallHandlers<typeof chat, ChatContext>

/** The texts of a turn, for services that listen: what was asked and what was answered, as they stand now. */
export const turnTexts: Handlers['turnTexts'] = async ({ turnId }, ctx, { scope }) => {
  const key = await ctx.keys.of(personOf(scope))
  return ctx.db.transaction(scope, async tx => {
    const turn = await tx.sql
      .selectFrom('turns')
      .select(['conversation_id', 'user_message_id', 'answer_message_id', 'private'])
      .where('id', '=', turnId)
      .executeTakeFirst()
    if (!turn) throw noSuch('turn')
    const conversation = await findConversation(tx, turn.conversation_id)
    const ids = [turn.user_message_id, turn.answer_message_id].filter(id => id !== null)
    const rows =
      ids.length === 0
        ? []
        : await tx.sql
            .selectFrom('messages')
            .select(messageColumns)
            .where('id', 'in', ids)
            .where('placed', '=', true)
            .orderBy('seq')
            .execute()
    return {
      conversationId: turn.conversation_id,
      revision: conversation.revision,
      private: conversation.private,
      messages: rows.map(row => toMessage(row, key)),
    }
  })
}
