import {
  chat,
  type ErrorBody,
  type Message,
  makeCursor,
  type Position,
  type Receipt,
  type Route,
  type TurnFrame,
  type Usage,
} from '@luna/contracts'
import { type PersonKey, person } from '@luna/service'
import { sql } from 'kysely'
import type { ChatContext, ChatTx } from '../context.ts'
import { sealBody, sealField } from '../db/message-body.ts'
import { toMessage } from '../messages/to-message.ts'
import {
  claimedColumns,
  claimNext,
  type LockedConversation,
  lockedColumns,
  type NextTurn,
  publishSwitch,
} from './claim.ts'
import type { ClaimedTurn } from './claimed-turn.ts'

/** How a turn ended. */
export type Ending =
  | {
      kind: 'completed'
      text: string
      receipt: Receipt
      usage: Usage
      route: Route | null
      firstTokenMs: number | null
    }
  | {
      kind: 'cancelled'
      text: string
      receipt: Receipt | null
      usage: Usage | null
      route: Route | null
      firstTokenMs: number | null
    }
  | { kind: 'failed'; error: ErrorBody; receipt: Receipt | null; route: Route | null }

/** Another process has taken the turn over: whatever this one has to say about it is void. */
export class Fenced extends Error {
  override readonly name = 'Fenced'
}

export interface EndOptions {
  turn: ClaimedTurn
  ending: Ending
  key: PersonKey
  characterId: string | null
  /** The number of the terminal frame. */
  position: Position
  /** False while the process drains: the next turn is left to others. */
  claimsNext: boolean
}

/**
 * The commit that ends a turn: answer, receipt, state, the position of the last frame, the terminal frame and the event
 * in the outbox, and the claim of the next queued turn, all or nothing.
 * @throws Fenced when another process has the turn.
 */
export async function endTurn(
  ctx: ChatContext,
  options: EndOptions,
): Promise<{ message: Message | null; next: NextTurn | null }> {
  const { turn, ending, position } = options
  return ctx.db.transaction(person(turn.personId), async tx => {
    const conversation = await lockConversation(tx, turn.conversationId)
    const message = await storeAnswer(tx, ctx, options)
    await storeTurn(tx, options, message?.id ?? null)
    const moved = message !== null && conversation.active_leaf_id === turn.parentId
    const activeLeafId = moved ? message.id : conversation.active_leaf_id
    const standing = {
      ...conversation,
      running_turn_id: null,
      active_leaf_id: activeLeafId,
      epoch: position.epoch,
      frame_n: position.n,
    }
    const next = options.claimsNext ? await claimNext(tx.sql, standing, ctx.instanceId) : null
    await tx.sql
      .updateTable('conversations')
      .set(eb => ({
        ...(next ? claimedColumns(next) : { running_turn_id: null, active_leaf_id: activeLeafId }),
        epoch: position.epoch,
        frame_n: position.n,
        version: eb('version', '+', 1),
        activity: sql<number>`nextval('activity_seq')`,
        updated_at: sql<Date>`now()`,
      }))
      .where('id', '=', turn.conversationId)
      .execute()
    publishEnd(tx, options, conversation.revision, message)
    if (next) publishSwitch(tx, next)
    tx.emit(chat.feeds.conversationFrames, turn.conversationId, terminalFrame(turn, ending, message, position), {
      turnId: turn.id,
      ...position,
    })
    return { message, next }
  })
}

async function lockConversation(tx: ChatTx, conversationId: string): Promise<LockedConversation> {
  const row = await tx.sql
    .selectFrom('conversations')
    .select(lockedColumns)
    .where('id', '=', conversationId)
    .forUpdate()
    .executeTakeFirst()
  if (!row) throw new Fenced('the conversation is gone')
  return row
}

async function storeAnswer(
  tx: ChatTx,
  ctx: ChatContext,
  { turn, ending, key, characterId }: EndOptions,
): Promise<Message | null> {
  if (ending.kind === 'failed' || (ending.kind === 'cancelled' && ending.text === '')) return null
  const id = ctx.random.id()
  const row = await tx.sql
    .insertInto('messages')
    .values({
      id,
      conversation_id: turn.conversationId,
      person_id: turn.personId,
      parent_id: turn.parentId,
      turn_id: turn.id,
      role: 'assistant',
      character_id: characterId,
      body: sealBody(key, id, { text: ending.text, attachments: [] }),
      search: key.tsvector(ending.text),
      status: ending.kind === 'completed' ? 'complete' : 'stopped',
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  return toMessage(row, key)
}

async function storeTurn(tx: ChatTx, { turn, ending, key }: EndOptions, answerId: string | null): Promise<void> {
  const stored = await tx.sql
    .updateTable('turns')
    .set({
      state: ending.kind,
      holder: null,
      answer_message_id: answerId,
      attempt: turn.attempt,
      route: ending.route ? JSON.stringify(ending.route) : null,
      receipt: ending.receipt ? sealField(key, `receipt.${turn.id}`, ending.receipt) : null,
      usage: 'usage' in ending && ending.usage ? JSON.stringify(ending.usage) : null,
      error: ending.kind === 'failed' ? JSON.stringify(ending.error) : null,
      first_token_ms: 'firstTokenMs' in ending ? ending.firstTokenMs : null,
      ended_at: sql<Date>`now()`,
    })
    .where('id', '=', turn.id)
    .where('fence', '=', turn.fence)
    .where('state', 'in', ['running', 'waiting'])
    .executeTakeFirst()
  if (stored.numUpdatedRows !== 1n) throw new Fenced(`the turn ${turn.id} is another process's now`)
}

function publishEnd(
  tx: ChatTx,
  { turn, ending, characterId }: EndOptions,
  revision: number,
  message: Message | null,
): void {
  const facts = {
    personId: turn.personId,
    conversationId: turn.conversationId,
    revision,
    turnId: turn.id,
    attempt: turn.attempt,
    characterId,
    private: turn.private,
    userMessageId: turn.userMessageId,
  }
  if (ending.kind === 'failed') {
    tx.publish(chat.events.turnFailed, { ...facts, errorCode: ending.error.code })
    return
  }
  tx.publish(chat.events.turnEnded, {
    ...facts,
    outcome: ending.kind,
    messageId: message?.id ?? null,
    route: ending.route,
    usage: ending.usage,
    risk: turn.risk,
    durationMs: Math.max(0, Date.parse(message?.createdAt ?? turn.createdAt.toISOString()) - turn.createdAt.getTime()),
    firstTokenMs: ending.firstTokenMs,
  })
}

/** The frame that ends a turn for whoever watches. */
export function terminalFrame(
  turn: Pick<ClaimedTurn, 'id' | 'conversationId' | 'attempt'>,
  ending: Ending,
  message: Message | null,
  position: Position,
): TurnFrame {
  const place = {
    conversationId: turn.conversationId,
    cursor: makeCursor(turn.conversationId, position),
    turnId: turn.id,
    attempt: turn.attempt,
  }
  if (ending.kind === 'failed') return { type: 'turn.failed', ...place, error: ending.error }
  if (ending.kind === 'cancelled') return { type: 'turn.cancelled', ...place, message }
  if (!message) throw new Error('a completed turn has a message')
  return { type: 'turn.completed', ...place, message, receipt: ending.receipt, usage: ending.usage }
}
