import { chat } from '@luna/contracts'
import type { Selectable, Transaction } from 'kysely'
import { sql } from 'kysely'
import type { ChatTx } from '../context.ts'
import type { ConversationTable, Tables, TurnTable } from '../db/tables.ts'
import type { ClaimedTurn } from './claimed-turn.ts'

type Sql = Pick<Transaction<Tables>, 'updateTable' | 'selectFrom' | 'insertInto' | 'deleteFrom'>

/** What of a conversation's row a claim needs; the row must be locked. */
export type LockedConversation = Pick<
  Selectable<ConversationTable>,
  'id' | 'active_leaf_id' | 'running_turn_id' | 'revision' | 'epoch' | 'frame_n'
>

export const lockedColumns = ['id', 'active_leaf_id', 'running_turn_id', 'revision', 'epoch', 'frame_n'] as const

export const toClaimed = (
  turn: Selectable<TurnTable>,
  conversation: Pick<LockedConversation, 'revision' | 'epoch' | 'frame_n'>,
  takenOver: boolean,
): ClaimedTurn => ({
  id: turn.id,
  conversationId: turn.conversation_id,
  personId: turn.person_id,
  kind: turn.kind,
  attempt: turn.attempt,
  fence: turn.fence,
  parentId: turn.parent_id,
  userMessageId: turn.user_message_id,
  characterId: turn.character_id,
  instruction: turn.instruction,
  private: turn.private,
  risk: turn.risk,
  cancelRequested: turn.cancel_requested,
  revision: conversation.revision,
  position: { epoch: conversation.epoch, n: conversation.frame_n },
  takenOver,
  createdAt: turn.created_at,
})

export interface NextTurn {
  claimed: ClaimedTurn
  /** The active leaf after the turn's user message has found its place. */
  activeLeafId: string | null
  /** True when the answer goes elsewhere than to the end of the active branch: the revision rises with it. */
  switchesBranch: boolean
}

/** A regenerated or edited place in the tree is another branch; the end of the active one is not. */
export const switchesBranch = (turn: { kind: 'send' | 'regenerate' | 'begin'; parent_given: boolean }): boolean =>
  turn.kind === 'regenerate' || (turn.kind === 'send' && turn.parent_given)

/** What a claim changes in the conversation's row. */
export const claimedColumns = (next: NextTurn) => ({
  running_turn_id: next.claimed.id,
  active_leaf_id: next.activeLeafId,
  revision: next.claimed.revision,
})

/** Tells who listens that another branch is the active one, where a claim has made it so. */
export function publishSwitch(tx: ChatTx, next: NextTurn): void {
  if (!next.switchesBranch) return
  const { personId, conversationId, revision } = next.claimed
  tx.publish(chat.events.branchSwitched, { personId, conversationId, revision, activeLeafId: next.activeLeafId })
}

/**
 * Claims the oldest queued turn of a conversation whose row is locked and in which no turn runs: gives it a holder, and
 * its user message a place in the tree. The caller stores {@link claimedColumns} and publishes the switch.
 */
export async function claimNext(
  trx: Sql,
  conversation: LockedConversation,
  instanceId: string,
): Promise<NextTurn | null> {
  const next = await oldestQueued(trx, conversation.id)
  return next ? claim(trx, next, conversation, instanceId) : null
}

/** The turn that is next in a conversation. */
export async function oldestQueued(trx: Sql, conversationId: string): Promise<Selectable<TurnTable> | null> {
  const next = await trx
    .selectFrom('turns')
    .selectAll()
    .where('conversation_id', '=', conversationId)
    .where('state', '=', 'queued')
    .orderBy('seq')
    .limit(1)
    .executeTakeFirst()
  return next ?? null
}

/** As {@link claimNext}, for a queued turn that was read under the conversation's lock. */
export async function claim(
  trx: Sql,
  next: Selectable<TurnTable>,
  conversation: LockedConversation,
  instanceId: string,
): Promise<NextTurn> {
  const place = await placeTurn(trx, next, conversation.active_leaf_id)
  const turn = await trx
    .updateTable('turns')
    .set(eb => ({
      state: 'running',
      holder: instanceId,
      attempt: eb('attempt', '+', 1),
      fence: eb('fence', '+', 1),
      parent_id: place.parentId,
      started_at: eb.fn.coalesce('started_at', sql<Date>`now()`),
    }))
    .where('id', '=', next.id)
    .returningAll()
    .executeTakeFirstOrThrow()
  const moves = switchesBranch(next)
  const revision = conversation.revision + (moves ? 1 : 0)
  return {
    claimed: toClaimed(turn, { ...conversation, revision }, false),
    activeLeafId: place.activeLeafId,
    switchesBranch: moves,
  }
}

/** Where a turn answers: below the parent it was given, or below the active leaf at its start. */
async function placeTurn(
  trx: Sql,
  turn: Selectable<TurnTable>,
  activeLeafId: string | null,
): Promise<{ parentId: string | null; activeLeafId: string | null }> {
  if (turn.kind === 'send' && turn.user_message_id) {
    await trx
      .updateTable('messages')
      .set({ placed: true, ...(turn.parent_given ? {} : { parent_id: activeLeafId }) })
      .where('id', '=', turn.user_message_id)
      .execute()
    return { parentId: turn.user_message_id, activeLeafId: turn.user_message_id }
  }
  if (turn.kind === 'regenerate') return { parentId: turn.parent_id, activeLeafId: turn.parent_id }
  return { parentId: activeLeafId, activeLeafId }
}
