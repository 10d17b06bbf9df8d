import type { chat } from '@luna/contracts'
import { type CallHandlers, personOf } from '@luna/service'
import { sql } from 'kysely'
import type { ChatContext, ChatTx } from '../context.ts'
import { noSuch } from '../conversations/find-conversation.ts'
import { messageColumns } from '../messages/message-extras.ts'
import { type MessageRow, toMessage } from '../messages/to-message.ts'

type Handlers = CallHandlers<typeof chat, ChatContext>

/** Of what was said since, so many messages at most; a listener asks for more where it needs them. */
const mostSince = 20

/** The texts of a turn, for services that listen: what was asked and what was answered, as they stand now. */
export const turnTexts: Handlers['turnTexts'] = async ({ turnId }, ctx, { scope }) => {
  const key = await ctx.keys.of(personOf(scope))
  const [standing, told, since] = await ctx.db.transaction(scope, tx =>
    Promise.all([findStanding(tx, turnId), findTold(tx, turnId), findSince(tx, turnId)]),
  )
  if (!standing) throw noSuch('turn')
  return {
    conversationId: standing.id,
    revision: standing.revision,
    private: standing.private,
    messages: told.map(row => toMessage(row, key)),
    now: {
      version: standing.version,
      activeLeafId: standing.active_leaf_id,
      characterIds: standing.character_ids,
      since: since.map(row => toMessage(row, key)),
    },
  }
}

const findStanding = (tx: ChatTx, turnId: string) =>
  tx.sql
    .selectFrom('turns as t')
    .innerJoin('conversations as c', 'c.id', 't.conversation_id')
    .select(['c.id', 'c.revision', 'c.private', 'c.version', 'c.active_leaf_id', 'c.character_ids'])
    .where('t.id', '=', turnId)
    .executeTakeFirst()

const findTold = (tx: ChatTx, turnId: string): Promise<MessageRow[]> =>
  tx.sql
    .selectFrom('turns as t')
    .innerJoin('messages as m', join =>
      join.on(sql<boolean>`m.id = any(array[t.user_message_id, t.answer_message_id])`),
    )
    .select(messageColumns.map(column => `m.${column}` as const))
    .where('t.id', '=', turnId)
    .where('m.placed', '=', true)
    .orderBy('m.seq')
    .execute()

/** From the active leaf upwards to the turn, or as far as one answer goes. */
async function findSince(tx: ChatTx, turnId: string): Promise<MessageRow[]> {
  const { rows } = await sql<MessageRow>`
    with recursive since as (
      select m.*, 1 as depth, t.user_message_id as asked, t.answer_message_id as answered
      from turns t join conversations c on c.id = t.conversation_id join messages m on m.id = c.active_leaf_id
      where t.id = ${turnId} and m.id is distinct from t.user_message_id and m.id is distinct from t.answer_message_id
      union all
      select m.*, s.depth + 1, s.asked, s.answered from messages m join since s on m.id = s.parent_id
      where m.id is distinct from s.asked and m.id is distinct from s.answered and s.depth < ${sql.lit(mostSince)}
    )
    select ${sql.join(messageColumns.map(column => sql.ref(column)))} from since order by depth`.execute(tx.sql)
  return rows
}
