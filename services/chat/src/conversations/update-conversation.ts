import { chat } from '@luna/contracts'
import { type CallHandlers, personOf } from '@luna/service'
import { sql } from 'kysely'
import type { ChatContext, ChatTx } from '../context.ts'
import { sealField } from '../db/message-body.ts'
import { lockConversation, noSuch } from './find-conversation.ts'
import { cleanTags, tagKey } from './tag-keys.ts'
import { toConversation } from './to-conversation.ts'

type Handlers = CallHandlers<typeof chat, ChatContext>

/** Title, tags, or another branch: a switch raises the revision, so that memory follows. */
export const updateConversation: Handlers['updateConversation'] = async (input, ctx, { scope }) => {
  const personId = personOf(scope)
  const key = await ctx.keys.of(personId)
  const { conversationId: id, title, tags } = input
  return ctx.db.transaction(scope, async tx => {
    const stored = await lockConversation(tx, id, input.ifVersion)
    const leaf = input.activeLeafId ? await leafBelow(tx, id, input.activeLeafId) : stored.active_leaf_id
    const switched = leaf !== stored.active_leaf_id
    const clean = tags && cleanTags(tags)
    const row = await tx.sql
      .updateTable('conversations')
      .set(eb => ({
        version: eb('version', '+', 1),
        updated_at: sql<Date>`now()`,
        active_leaf_id: leaf,
        ...(switched ? { revision: eb('revision', '+', 1) } : {}),
        ...(title === undefined ? {} : { title: sealField(key, `title.${id}`, title), title_by: 'person' as const }),
        ...(clean ? { tags: sealField(key, `tags.${id}`, clean), tag_keys: clean.map(tag => tagKey(key, tag)) } : {}),
      }))
      .where('id', '=', id)
      .returningAll()
      .executeTakeFirstOrThrow()
    if (switched)
      tx.publish(chat.events.branchSwitched, {
        personId,
        conversationId: id,
        revision: row.revision,
        activeLeafId: leaf,
      })
    tx.afterCommit(() =>
      ctx.emit(chat.feeds.personFrames, personId, { type: 'changed', what: 'conversation', id, version: row.version }),
    )
    return toConversation(row, key)
  })
}

/** From any message down its newest children to a leaf: whoever picks a branch means its end. */
export async function leafBelow(tx: ChatTx, conversationId: string, messageId: string): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    with recursive down as (
      select id, 0 as depth from messages
      where id = ${messageId} and conversation_id = ${conversationId} and placed
      union all
      select child.id, down.depth + 1 from down cross join lateral (
        select id from messages where parent_id = down.id and placed order by seq desc limit 1
      ) child
    )
    select id from down order by depth desc limit 1`.execute(tx.sql)
  if (!rows[0]) throw noSuch('message in this conversation')
  return rows[0].id
}
