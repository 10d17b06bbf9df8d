import { chat, LunaError } from '@luna/contracts'
import { type CallHandlers, personOf } from '@luna/service'
import type { ChatContext } from '../context.ts'
import { noSuch } from '../conversations/find-conversation.ts'
import { sealField } from '../db/message-body.ts'
import { findMessage } from './edit-message.ts'
import { toMessages } from './message-extras.ts'

type Handlers = CallHandlers<typeof chat, ChatContext>

/** A rating of an answer, kept as learning data; null takes it back. */
export const setFeedback: Handlers['setFeedback'] = async ({ messageId, feedback }, ctx, { scope }) => {
  const personId = personOf(scope)
  const key = await ctx.keys.of(personId)
  return ctx.db.transaction(scope, async tx => {
    const row = await findMessage(tx, messageId)
    if (row.role !== 'assistant') throw new LunaError('invalid', 'Only answers of the companion can be rated.')
    await tx.sql.deleteFrom('feedback').where('message_id', '=', messageId).execute()
    if (feedback)
      await tx.sql
        .insertInto('feedback')
        .values({
          message_id: messageId,
          person_id: personId,
          conversation_id: row.conversation_id,
          rating: feedback.rating,
          reason: feedback.reason ? sealField(key, `feedback.${messageId}`, feedback.reason) : null,
        })
        .execute()
    const changed = await tx.sql
      .updateTable('messages')
      .set(eb => ({ version: eb('version', '+', 1) }))
      .where('id', '=', messageId)
      .returning('version')
      .executeTakeFirstOrThrow()
    const [message] = await toMessages(tx, key, [{ ...row, version: changed.version }])
    if (!message) throw noSuch('message')
    tx.afterCommit(() =>
      ctx.emit(chat.feeds.personFrames, personId, {
        type: 'changed',
        what: 'message',
        id: messageId,
        version: changed.version,
        conversationId: row.conversation_id,
      }),
    )
    return message
  })
}
