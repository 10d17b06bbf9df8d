import type { RiskLevel } from '@luna/contracts'
import { type ExpressionBuilder, sql } from 'kysely'
import type { ChatTx } from '../context.ts'
import type { Tables } from '../db/tables.ts'
import {
  claimedColumns,
  claimNext,
  type LockedConversation,
  lockedColumns,
  type NextTurn,
  publishSwitch,
  switchesBranch,
} from './claim.ts'

export interface NewTurn {
  id: string
  personId: string
  clientId: string
  kind: 'send' | 'regenerate' | 'begin'
  parentId: string | null
  parentGiven: boolean
  userMessageId: string | null
  characterId: string | null
  instruction: Buffer | null
  private: boolean
  risk: RiskLevel
}

/** A conversation whose row is locked, and whether turns wait in it. */
export type QueuedConversation = LockedConversation & {
  has_queue: boolean
  /** The transaction's time: what `now()` and every default of it give. */
  at: Date
}

/** For the select that locks a conversation before a turn is put into it. */
export const queueColumns = [
  ...lockedColumns,
  (eb: ExpressionBuilder<Tables, 'conversations'>) =>
    eb
      .exists(
        eb
          .selectFrom('turns')
          .select('turns.id')
          .whereRef('turns.conversation_id', '=', 'conversations.id')
          .where('turns.state', '=', 'queued'),
      )
      .$castTo<boolean>()
      .as('has_queue'),
  sql<Date>`now()`.as('at'),
] as const

/** Whether a new turn may begin at once in a locked conversation. */
export const isFree = (conversation: QueuedConversation): boolean =>
  conversation.running_turn_id === null && !conversation.has_queue

/** The (person, client id) of a new turn was used before. */
export class DuplicateTurn extends Error {
  override readonly name = 'DuplicateTurn'
}

/**
 * Puts a turn into a conversation whose row is locked: begun by this process when nothing stands before it (its user
 * message is then placed by the caller), else queued. Writes the conversation's running turn, leaf and order of use.
 * @param instanceId null: this process claims nothing more
 * @returns the claimed turn, or null when it waits
 * The commit throws DuplicateTurn.
 */
export async function startTurn(
  tx: ChatTx,
  conversation: QueuedConversation,
  turn: NewTurn,
  instanceId: string | null,
): Promise<NextTurn | null> {
  const begins = instanceId !== null && isFree(conversation)
  const parentId =
    turn.kind === 'send' ? turn.userMessageId : turn.kind === 'begin' ? conversation.active_leaf_id : turn.parentId
  insertTurn(tx, conversation.id, turn, begins ? { instanceId, parentId } : null)
  const moves = switchesBranch({ kind: turn.kind, parent_given: turn.parentGiven })
  const next: NextTurn | null = begins
    ? {
        activeLeafId: parentId,
        switchesBranch: moves,
        claimed: {
          ...turn,
          conversationId: conversation.id,
          parentId,
          attempt: 1,
          fence: 1,
          cancelRequested: false,
          revision: conversation.revision + (moves ? 1 : 0),
          position: { epoch: conversation.epoch, n: conversation.frame_n },
          takenOver: false,
          createdAt: conversation.at,
        },
      }
    : conversation.running_turn_id === null && instanceId !== null
      ? await claimNext(tx.sql, conversation, instanceId)
      : null
  tx.send(
    tx.sql
      .updateTable('conversations')
      .set(eb => ({
        activity: sql<number>`nextval('activity_seq')`,
        updated_at: sql<Date>`now()`,
        version: eb('version', '+', 1),
        ...(next ? claimedColumns(next) : {}),
      }))
      .where('id', '=', conversation.id),
  )
  if (next) publishSwitch(tx, next)
  return next
}

function insertTurn(
  tx: ChatTx,
  conversationId: string,
  turn: NewTurn,
  begins: { instanceId: string; parentId: string | null } | null,
): void {
  const insert = tx.sql.insertInto('turns').values({
    id: turn.id,
    conversation_id: conversationId,
    person_id: turn.personId,
    client_id: turn.clientId,
    kind: turn.kind,
    parent_given: turn.parentGiven,
    user_message_id: turn.userMessageId,
    character_id: turn.characterId,
    instruction: turn.instruction,
    private: turn.private,
    risk: turn.risk,
    ...(begins
      ? {
          state: 'running' as const,
          holder: begins.instanceId,
          attempt: 1,
          fence: 1,
          parent_id: begins.parentId,
          started_at: sql<Date>`now()`,
        }
      : { state: 'queued' as const, parent_id: turn.parentId }),
  })
  tx.send(insert, error => (isSameTurn(error) ? new DuplicateTurn() : error))
}

const uniqueViolation = '23505'

const isSameTurn = (error: unknown): boolean => {
  const { code, constraint } = error as { code?: string; constraint?: string }
  return code === uniqueViolation && constraint === 'turns_person_id_client_id_key'
}
