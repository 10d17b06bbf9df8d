import { createHash } from 'node:crypto'
import type { chat } from '@luna/contracts'
import { type CallHandlers, personOf, system } from '@luna/service'
import type { ChatContext } from '../context.ts'
import { findConversation, noSuch } from '../conversations/find-conversation.ts'
import { openField, sealField } from '../db/message-body.ts'
import { readBranch } from '../messages/read-branch.ts'
import { toMessage } from '../messages/to-message.ts'

type Handlers = CallHandlers<typeof chat, ChatContext>

interface Snapshot {
  title: string
  messages: { role: string; text: string; createdAt: string }[]
}

const tokenBytes = 24
/** What a snapshot holds at most, in messages. */
const longest = 2_000

const hash = (token: string): string => createHash('sha256').update(token).digest('base64url')

/** A read-only copy of the active branch as it is now; only the token's hash is stored. */
export const share: Handlers['share'] = async ({ conversationId }, ctx, { scope }) => {
  const personId = personOf(scope)
  const key = await ctx.keys.of(personId)
  const token = Buffer.from(ctx.random.bytes(tokenBytes)).toString('base64url')
  const id = ctx.random.id()
  await ctx.db.transaction(scope, async tx => {
    const conversation = await findConversation(tx, conversationId)
    const messages: Snapshot['messages'] = []
    for (let leaf = conversation.active_leaf_id; leaf && messages.length < longest; ) {
      const page = await readBranch(tx, leaf, 200)
      messages.unshift(
        ...page.rows.map(row => {
          const { role, text, createdAt } = toMessage(row, key)
          return { role, text, createdAt }
        }),
      )
      leaf = page.olderLeafId
    }
    const title = conversation.title ? openField<string>(key, `title.${conversationId}`, conversation.title) : ''
    await tx.sql
      .insertInto('shares')
      .values({
        id,
        person_id: personId,
        conversation_id: conversationId,
        token_hash: hash(token),
        snapshot: sealField(key, `share.${id}`, { title, messages } satisfies Snapshot),
      })
      .execute()
  })
  return { token }
}

export const unshare: Handlers['unshare'] = async ({ conversationId }, ctx, { scope }) => {
  const deleted = await ctx.db.transaction(scope, async tx => {
    await findConversation(tx, conversationId)
    return tx.sql.deleteFrom('shares').where('conversation_id', '=', conversationId).executeTakeFirst()
  })
  return { revoked: Number(deleted.numDeletedRows) }
}

/** Whoever has the token may read: the row is looked up by its hash, outside any person's scope. */
export const getShared: Handlers['getShared'] = async ({ token }, ctx) => {
  const row = await ctx.db.transaction(system, tx =>
    tx.sql.selectFrom('shares').selectAll().where('token_hash', '=', hash(token)).executeTakeFirst(),
  )
  if (!row) throw noSuch('share: it may have been revoked')
  const key = await ctx.keys.of(row.person_id)
  const { title, messages } = openField<Snapshot>(key, `share.${row.id}`, row.snapshot)
  return { title, messages, sharedAt: row.created_at.toISOString() }
}
