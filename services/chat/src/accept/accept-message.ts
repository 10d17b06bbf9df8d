import { chat, type gateway, LunaError, type Payload, type SubmissionContent } from '@luna/contracts'
import { type EventDelivery, type PersonKey, person, system } from '@luna/service'
import { sql } from 'kysely'
import type { ChatContext, ChatContract, ChatTx } from '../context.ts'
import { openBody, sealBody, sealField } from '../db/message-body.ts'
import type { Tables } from '../db/tables.ts'
import { lockedColumns, type NextTurn } from '../turns/claim.ts'
import { DuplicateTurn, isFree, type QueuedConversation, queueColumns, startTurn } from '../turns/start-turn.ts'
import { type EarlierTurn, sameOrConflict, titleFromWords } from './decide.ts'

type Submitted = Payload<typeof gateway.events.messageSubmitted>

interface Accepted {
  conversationId: string
  messageId: string
  turnId: string
}

type Outcome =
  | {
      kind: 'accepted'
      accepted: Accepted
      next: NextTurn | null
      fresh: boolean
      parentId: string | null
      text: string
    }
  | { kind: 'refused'; error: LunaError }

/** Stores message and turn in one commit: that commit is `accepted`. */
export async function acceptMessage(
  event: Submitted,
  ctx: ChatContext,
  delivery: EventDelivery<Tables, ChatContract>,
): Promise<void> {
  const key = await ctx.keys.of(event.personId).catch(error => {
    if (error instanceof LunaError && error.code === 'not-found') return null
    throw error
  })
  if (!key) {
    await delivery.once(system, async () => {})
    return
  }
  const content = key.openJson(Buffer.from(event.sealed, 'base64'), event.clientId) as SubmissionContent
  const scope = person(event.personId)
  const outcome =
    (await delivery
      .once(scope, tx => accept(tx, event, content, key, ctx))
      .catch((error: unknown) => {
        if (!(error instanceof DuplicateTurn)) throw error
        return delivery.once(scope, tx => sameAsBefore(tx, event, content, key))
      })) ?? (await ctx.db.transaction(scope, tx => sameAsBefore(tx, event, content, key)))
  if (outcome) settle(outcome, event, ctx)
}

function settle(outcome: Outcome, event: Submitted, ctx: ChatContext): void {
  const { personFrames, turnWaiting } = chat.feeds
  if (outcome.kind === 'refused') {
    ctx.emit(personFrames, event.personId, { type: 'refused', id: event.clientId, error: outcome.error.toBody() })
    return
  }
  const { accepted, next, fresh, parentId, text } = outcome
  ctx.emit(personFrames, event.personId, { type: 'accepted', id: event.clientId, ...accepted })
  if (!fresh) return
  if (next) {
    ctx.paths.extend(accepted.conversationId, parentId, { id: accepted.messageId, role: 'user', text })
    ctx.engine.run(next.claimed)
  } else ctx.emit(turnWaiting, 'all', { conversationId: accepted.conversationId, turnId: accepted.turnId })
}

async function accept(
  tx: ChatTx,
  event: Submitted,
  content: SubmissionContent,
  key: PersonKey,
  ctx: ChatContext,
): Promise<Outcome> {
  const conversation = await openConversation(tx, event, content, key, ctx)
  if (!conversation) return { kind: 'refused', error: noConversation() }
  if (event.parentId && !(await isPlaced(tx, conversation.id, event.parentId)))
    return {
      kind: 'refused',
      error: new LunaError('not-found', 'The message to answer to (parentId) is not in this conversation.'),
    }
  if (conversation.title_by === 'none') await giveFirstTitle(tx, key, conversation.id, content.text)
  const messageId = ctx.random.id()
  const turnId = ctx.random.id()
  const instanceId = ctx.engine.accepting() ? ctx.instanceId : null
  const begins = instanceId !== null && isFree(conversation)
  const next = await startTurn(
    tx,
    conversation,
    {
      id: turnId,
      personId: event.personId,
      clientId: event.clientId,
      kind: 'send',
      parentId: event.parentId,
      parentGiven: event.parentId !== null,
      userMessageId: messageId,
      characterId: conversation.character_ids[0] ?? null,
      instruction: null,
      private: conversation.private,
      risk: event.safety.risk,
    },
    instanceId,
  )
  tx.send(
    tx.sql.insertInto('messages').values({
      id: messageId,
      conversation_id: conversation.id,
      person_id: event.personId,
      parent_id: begins ? (event.parentId ?? conversation.active_leaf_id) : event.parentId,
      turn_id: turnId,
      role: 'user',
      body: sealBody(key, messageId, content),
      search: key.tsvector(content.text),
      placed: begins,
    }),
  )
  return {
    kind: 'accepted',
    accepted: { conversationId: conversation.id, messageId, turnId },
    next,
    fresh: true,
    parentId: event.parentId ?? conversation.active_leaf_id,
    text: content.text,
  }
}

const noConversation = () =>
  new LunaError('not-found', 'There is no such conversation. It may have been deleted; start a new one.')

type OpenConversation = QueuedConversation & { private: boolean; character_ids: string[]; title_by: string }

async function openConversation(
  tx: ChatTx,
  event: Submitted,
  content: SubmissionContent,
  key: PersonKey,
  ctx: ChatContext,
): Promise<OpenConversation | undefined> {
  if (event.conversationId)
    return tx.sql
      .selectFrom('conversations')
      .select([...queueColumns, 'private', 'character_ids', 'title_by'])
      .where('id', '=', event.conversationId)
      .forUpdate()
      .executeTakeFirst()
  const id = ctx.random.id()
  const made = await tx.sql
    .insertInto('conversations')
    .values({
      id,
      person_id: event.personId,
      private: event.private,
      character_ids: event.characterId ? [event.characterId] : [],
      title: sealField(key, `title.${id}`, titleFromWords(content.text)),
      title_by: 'words',
    })
    .returning([...lockedColumns, 'private', 'character_ids', 'title_by', sql<Date>`now()`.as('at')])
    .executeTakeFirstOrThrow()
  return { ...made, has_queue: false }
}

const giveFirstTitle = (tx: ChatTx, key: PersonKey, id: string, text: string) =>
  tx.sql
    .updateTable('conversations')
    .set({ title: sealField(key, `title.${id}`, titleFromWords(text)), title_by: 'words' })
    .where('id', '=', id)
    .execute()

const isPlaced = async (tx: ChatTx, conversationId: string, messageId: string): Promise<boolean> =>
  (await tx.sql
    .selectFrom('messages')
    .select('id')
    .where('id', '=', messageId)
    .where('conversation_id', '=', conversationId)
    .where('placed', '=', true)
    .executeTakeFirst()) !== undefined

async function findEarlier(tx: ChatTx, event: Submitted, key: PersonKey): Promise<EarlierTurn | null> {
  const row = await tx.sql
    .selectFrom('turns')
    .innerJoin('messages', 'messages.id', 'turns.user_message_id')
    .select([
      'turns.id as turnId',
      'turns.conversation_id as conversationId',
      'messages.id as messageId',
      'messages.body',
    ])
    .where('turns.person_id', '=', event.personId)
    .where('turns.client_id', '=', event.clientId)
    .executeTakeFirst()
  return row ? { ...row, body: openBody(key, row.messageId, row.body) } : null
}

function sameOutcome(earlier: EarlierTurn, event: Submitted, content: SubmissionContent): Outcome {
  const conflict = sameOrConflict(earlier, { conversationId: event.conversationId, body: content })
  if (conflict) return { kind: 'refused', error: conflict }
  const { conversationId, messageId, turnId } = earlier
  return {
    kind: 'accepted',
    accepted: { conversationId, messageId, turnId },
    next: null,
    fresh: false,
    parentId: null,
    text: '',
  }
}

/** What became of the same id before; said again, because its sender may not have heard. */
async function sameAsBefore(
  tx: ChatTx,
  event: Submitted,
  content: SubmissionContent,
  key: PersonKey,
): Promise<Outcome | null> {
  const earlier = await findEarlier(tx, event, key)
  return earlier ? sameOutcome(earlier, event, content) : null
}
