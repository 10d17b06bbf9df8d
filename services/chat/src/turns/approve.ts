import { chat } from '@luna/contracts'
import { type CallHandlers, personOf } from '@luna/service'
import type { ChatContext } from '../context.ts'
import { noSuch } from '../conversations/find-conversation.ts'

type Handlers = CallHandlers<typeof chat, ChatContext>

/** The person's answer to a proposed tool call, handed to whoever runs the turn. */
export const approve: Handlers['approve'] = async ({ callId, decision }, ctx, { scope }) => {
  personOf(scope)
  const turnId = callId.split(':')[0] ?? ''
  const turn = /^[0-9a-f-]{36}$/.test(turnId)
    ? await ctx.db.transaction(scope, tx =>
        tx.sql
          .selectFrom('turns')
          .select('id')
          .where('id', '=', turnId)
          .where('state', 'in', ['running', 'waiting'])
          .executeTakeFirst(),
      )
    : undefined
  if (!turn) throw noSuch('proposed action that waits for an answer')
  ctx.emit(chat.feeds.toolDecided, 'all', { callId, decision })
  return { callId }
}
