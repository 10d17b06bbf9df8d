import type { Message } from '@luna/contracts'
import type { PersonKey } from '@luna/service'
import type { MemoryTx } from '../context.ts'
import { mayWrite } from '../db/person-lock.ts'
import { type ConversationKey, loadStanding, lockConversation } from './conversation-store.ts'
import { type Difference, difference } from './difference.ts'
import { toEpisode } from './episode.ts'
import { activeBranch, type Fact, follow } from './standing.ts'

/** A message with its text, and the character that its conversation is held with. */
export type TellingMessage = Message & { characterOfTurn: string | null }

export interface Told {
  facts: readonly Fact[]
  /** The texts of the messages in the facts. */
  messages: readonly TellingMessage[]
}

/** Writes what facts change of a conversation. Nothing is written for a person who is erased. */
export async function applyFacts(tx: MemoryTx, key: PersonKey, at: ConversationKey, told: Told): Promise<void> {
  if (!(await mayWrite(tx, at.personId))) return
  const row = await lockConversation(tx.sql, at)
  const before = await loadStanding(tx.sql, row, told.facts)
  const after = told.facts.reduce(follow, before)
  if (after.gone) {
    await bury(tx, at)
    return
  }
  const changes = difference(before, after)
  await store(tx, key, at, told.messages, changes, activeBranch(after))
  await tx.sql
    .updateTable('conversations')
    .set({ version: after.version, revision: after.revision, heard: after.heard, leaf_id: after.leafId })
    .where('person_id', '=', at.personId)
    .where('conversation_id', '=', at.conversationId)
    .execute()
}

/** Takes everything of a conversation away and leaves its tombstone. */
async function bury({ sql: trx }: MemoryTx, { personId, conversationId }: ConversationKey): Promise<void> {
  for (const table of ['episodes', 'forgotten'] as const)
    await trx
      .deleteFrom(table)
      .where('person_id', '=', personId)
      .where('conversation_id', '=', conversationId)
      .execute()
  await trx
    .updateTable('conversations')
    .set({ gone: true, leaf_id: null })
    .where('person_id', '=', personId)
    .where('conversation_id', '=', conversationId)
    .execute()
}

async function store(
  { sql: trx }: MemoryTx,
  key: PersonKey,
  at: ConversationKey,
  messages: readonly TellingMessage[],
  { added, forgotten, activated, deactivated }: Difference,
  active: ReadonlySet<string>,
): Promise<void> {
  const { personId, conversationId } = at
  const news = new Set(added)
  const rows = messages.filter(message => news.delete(message.id))
  if (rows.length > 0)
    await trx
      .insertInto('episodes')
      .values(rows.map(message => toEpisode(message, at, active.has(message.id), key)))
      .execute()
  if (forgotten.length > 0) {
    await trx.deleteFrom('episodes').where('person_id', '=', personId).where('message_id', 'in', forgotten).execute()
    await trx
      .insertInto('forgotten')
      .values(forgotten.map(id => ({ person_id: personId, message_id: id, conversation_id: conversationId })))
      .onConflict(conflict => conflict.columns(['person_id', 'message_id']).doNothing())
      .execute()
  }
  for (const [ids, isActive] of [
    [activated, true],
    [deactivated, false],
  ] as const)
    if (ids.length > 0)
      await trx
        .updateTable('episodes')
        .set({ active: isActive })
        .where('person_id', '=', personId)
        .where('message_id', 'in', ids)
        .execute()
}
