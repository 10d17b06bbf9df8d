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
import {
  claim,
  claimedColumns,
  type LockedConversation,
  lockedColumns,
  type NextTurn,
  oldestQueued,
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
    const [conversation, queued] = await Promise.all([
      lockHeld(tx, turn),
      options.claimsNext ? oldestQueued(tx.sql, turn.conversationId) : null,
    ])
    const message = storeAnswer(tx, ctx, options, conversation.at)
    storeTurn(tx, options, message?.id ?? null)
    const moved = message !== null && conversation.active_leaf_id === turn.parentId
    const activeLeafId = moved ? message.id : conversation.active_leaf_id
    const standing = {
      ...conversation,
      running_turn_id: null,
      active_leaf_id: activeLeafId,
      epoch: position.epoch,
      frame_n: position.n,
    }
    const next = queued ? await claim(tx.sql, queued, standing, ctx.instanceId) : null
    tx.send(
      tx.sql
        .updateTable('conversations')
        .set(eb => ({
          ...(next ? claimedColumns(next) : { running_turn_id: null, active_leaf_id: activeLeafId }),
          epoch: position.epoch,
          frame_n: position.n,
          version: eb('version', '+', 1),
          activity: sql<number>`nextval('activity_seq')`,
          updated_at: sql<Date>`now()`,
        }))
        .where('id', '=', turn.conversationId),
    )
    publishEnd(tx, options, conversation.revision, message)
    if (next) publishSwitch(tx, next)
    tx.emit(chat.feeds.conversationFrames, turn.conversationId, terminalFrame(turn, ending, message, position), {
      turnId: turn.id,
      ...position,
    })
    return { message, next }
  })
}

/**
 * Locks the conversation and, with it, the turn under its fence, so that all that follows may be written unseen.
 * @throws Fenced
 */
async function lockHeld(tx: ChatTx, turn: ClaimedTurn): Promise<LockedConversation & { at: Date }> {
  const row = await tx.sql
    .selectFrom('conversations')
    .innerJoin('turns', 'turns.conversation_id', 'conversations.id')
    .select(lockedColumns.map(column => `conversations.${column}` as const))
    .select(sql<Date>`now()`.as('at'))
    .where('conversations.id', '=', turn.conversationId)
    .where('turns.id', '=', turn.id)
    .where('turns.fence', '=', turn.fence)
    .where('turns.state', 'in', ['running', 'waiting'])
    .forUpdate()
    .executeTakeFirst()
  if (!row) throw new Fenced(`the turn ${turn.id} is another process's now, or its conversation is gone`)
  return row
}

function storeAnswer(
  tx: ChatTx,
  ctx: ChatContext,
  { turn, ending, key, characterId }: EndOptions,
  at: Date,
): Message | null {
  if (ending.kind === 'failed' || (ending.kind === 'cancelled' && ending.text === '')) return null
  const id = ctx.random.id()
  const status = ending.kind === 'completed' ? 'complete' : 'stopped'
  tx.send(
    tx.sql.insertInto('messages').values({
      id,
      conversation_id: turn.conversationId,
      person_id: turn.personId,
      parent_id: turn.parentId,
      turn_id: turn.id,
      role: 'assistant',
      character_id: characterId,
      body: sealBody(key, id, { text: ending.text, attachments: [] }),
      search: key.tsvector(ending.text),
      status,
    }),
  )
  return {
    id,
    conversationId: turn.conversationId,
    parentId: turn.parentId,
    turnId: turn.id,
    role: 'assistant',
    ...(characterId ? { characterId } : {}),
    text: ending.text,
    status,
    attachments: [],
    tags: [],
    createdAt: at.toISOString(),
    version: 1,
  }
}

function storeTurn(tx: ChatTx, { turn, ending, key }: EndOptions, answerId: string | null): void {
  tx.send(
    tx.sql
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
      .where('id', '=', turn.id),
  )
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
