import { chat, LunaError } from '@luna/contracts'
import { type CallHandlers, type PersonKey, personOf } from '@luna/service'
import { sql } from 'kysely'
import type { ChatContext, ChatTx } from '../context.ts'
import { lockWithQueue, noSuch, requireVersion } from '../conversations/find-conversation.ts'
import { cleanTags, tagKey } from '../conversations/tag-keys.ts'
import { openBody, sealBody, sealField } from '../db/message-body.ts'
import type { NextTurn } from '../turns/claim.ts'
import { isFree, startTurn } from '../turns/start-turn.ts'
import { messageColumns, toMessages } from './message-extras.ts'
import type { MessageRow } from './to-message.ts'

type Handlers = CallHandlers<typeof chat, ChatContext>

/** Text is never overwritten: other text makes a sibling. Of a user message, a new turn answers it. */
export const editMessage: Handlers['editMessage'] = async (input, ctx, { scope }) => {
  if (input.text === undefined && input.tags === undefined)
    throw new LunaError('invalid', 'Nothing to change was sent: give text or tags.')
  const personId = personOf(scope)
  const key = await ctx.keys.of(personId)
  let next: NextTurn | null = null
  const result = await ctx.db.transaction(scope, async tx => {
    const found = await findMessage(tx, input.messageId)
    const conversation = await lockWithQueue(tx, found.conversation_id)
    requireVersion('message', found.version, input.ifVersion)
    if (input.tags) await storeTags(tx, key, personId, conversation.revision, found, input.tags)
    if (input.text === undefined) return { id: found.id, turnId: null, conversationId: conversation.id }
    const id = ctx.random.id()
    const turnId = found.role === 'user' ? ctx.random.id() : null
    const instanceId = ctx.engine.accepting() ? ctx.instanceId : null
    const placed = turnId === null || (instanceId !== null && isFree(conversation))
    await insertSibling(tx, key, found, { id, turnId, text: input.text, placed })
    if (turnId) {
      next = await startTurn(
        tx,
        conversation,
        {
          id: turnId,
          personId,
          clientId: turnId,
          kind: 'send',
          parentId: found.parent_id,
          parentGiven: true,
          userMessageId: id,
          characterId: conversation.character_ids[0] ?? null,
          instruction: null,
          private: conversation.private,
          risk: 'none',
        },
        instanceId,
      )
    } else await moveLeaf(tx, conversation.id, id)
    tx.publish(chat.events.messageChanged, {
      personId,
      conversationId: conversation.id,
      revision: next?.claimed.revision ?? conversation.revision + (turnId ? 0 : 1),
      messageId: found.id,
      change: 'edited',
    })
    return { id, turnId, conversationId: conversation.id }
  })
  const claimed = next as NextTurn | null
  if (claimed) ctx.engine.run(claimed.claimed)
  else if (result.turnId)
    ctx.emit(chat.feeds.turnWaiting, 'all', { conversationId: result.conversationId, turnId: result.turnId })
  const [message] = await ctx.db.transaction(scope, async tx => toMessages(tx, key, [await findMessage(tx, result.id)]))
  if (!message) throw noSuch('message')
  ctx.emit(chat.feeds.personFrames, personId, {
    type: 'changed',
    what: 'message',
    id: message.id,
    version: message.version,
    conversationId: message.conversationId,
  })
  return { message, turnId: result.turnId }
}

export async function findMessage(tx: ChatTx, messageId: string): Promise<MessageRow> {
  const row = await tx.sql.selectFrom('messages').select(messageColumns).where('id', '=', messageId).executeTakeFirst()
  if (!row) throw noSuch('message')
  return row
}

async function insertSibling(
  tx: ChatTx,
  key: PersonKey,
  original: MessageRow,
  { id, turnId, text, placed }: { id: string; turnId: string | null; text: string; placed: boolean },
): Promise<void> {
  const { attachments } = openBody(key, original.id, original.body)
  await tx.sql
    .insertInto('messages')
    .values({
      id,
      conversation_id: original.conversation_id,
      person_id: original.person_id,
      parent_id: original.parent_id,
      turn_id: turnId ?? original.turn_id,
      role: original.role,
      character_id: original.character_id,
      body: sealBody(key, id, { text, attachments }),
      search: key.tsvector(text),
      placed,
    })
    .execute()
}

const moveLeaf = (tx: ChatTx, conversationId: string, leafId: string) =>
  tx.sql
    .updateTable('conversations')
    .set(eb => ({
      active_leaf_id: leafId,
      revision: eb('revision', '+', 1),
      version: eb('version', '+', 1),
      updated_at: sql<Date>`now()`,
    }))
    .where('id', '=', conversationId)
    .execute()

async function storeTags(
  tx: ChatTx,
  key: PersonKey,
  personId: string,
  revision: number,
  message: MessageRow,
  tags: readonly string[],
): Promise<void> {
  const clean = cleanTags(tags)
  await tx.sql
    .updateTable('messages')
    .set(eb => ({
      tags: sealField(key, `tags.${message.id}`, clean),
      tag_keys: clean.map(tag => tagKey(key, tag)),
      version: eb('version', '+', 1),
    }))
    .where('id', '=', message.id)
    .execute()
  tx.publish(chat.events.messageChanged, {
    personId,
    conversationId: message.conversation_id,
    revision,
    messageId: message.id,
    change: 'tagged',
  })
}
