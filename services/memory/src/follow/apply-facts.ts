import type { Message } from '@luna/contracts'
import type { PersonKey } from '@luna/service'
import type { MemoryContext, MemoryTx } from '../context.ts'
import { scheduleExtraction } from '../extract/schedule.ts'
import { isPaused } from '../settings/settings.ts'
import { anyOf, type ConversationKey, loadStanding, lockConversation } from './conversation-store.ts'
import { type Difference, difference } from './difference.ts'
import { toEpisode } from './episode.ts'
import { activeBranch, type Fact, follow, isWhole } from './standing.ts'

/** A message with its text, and the character that its conversation is held with. */
export type TellingMessage = Message & { characterOfTurn: string | null }

export interface Told {
  facts: readonly Fact[]
  /** The texts of the messages in the facts. */
  messages: readonly TellingMessage[]
}

/** Something stands above the messages of a look that is neither known nor among them. */
export class GapAbove extends Error {
  override readonly name = 'GapAbove'
}

/**
 * Writes what facts change of a conversation; to be run in the scope of its person.
 * @throws GapAbove
 */
export async function applyFacts(
  ctx: Pick<MemoryContext, 'config'>,
  tx: MemoryTx,
  key: PersonKey,
  at: ConversationKey,
  told: Told,
): Promise<void> {
  const row = await lockConversation(tx.sql, at)
  const before = await loadStanding(tx.sql, row, told.facts)
  const after = told.facts.reduce(follow, before)
  if (after.gone) {
    bury(tx, at)
    return
  }
  if (!isWhole(after, told.facts)) throw new GapAbove('the branch above these messages is not known')
  const changes = difference(before, after)
  const silent = changes.added.length > 0 && (await isPaused(tx, at.personId))
  store(tx, key, at, told.messages, changes, activeBranch(after), silent)
  if (!silent) scheduleExtraction(tx, ctx.config, at, changes.added.length + changes.activated.length)
  tx.send(
    tx.sql
      .updateTable('conversations')
      .set({ version: after.version, revision: after.revision, heard: after.heard, leaf_id: after.leafId })
      .where('person_id', '=', at.personId)
      .where('conversation_id', '=', at.conversationId),
  )
}

/** Takes everything of a conversation away and leaves its tombstone. */
function bury(tx: MemoryTx, { personId, conversationId }: ConversationKey): void {
  for (const table of ['episodes', 'forgotten'] as const)
    tx.send(tx.sql.deleteFrom(table).where('person_id', '=', personId).where('conversation_id', '=', conversationId))
  tx.send(
    tx.sql
      .updateTable('conversations')
      .set({ gone: true, leaf_id: null })
      .where('person_id', '=', personId)
      .where('conversation_id', '=', conversationId),
  )
}

function store(
  tx: MemoryTx,
  key: PersonKey,
  at: ConversationKey,
  messages: readonly TellingMessage[],
  { added, forgotten, activated, deactivated }: Difference,
  active: ReadonlySet<string>,
  silent: boolean,
): void {
  const { personId, conversationId } = at
  const news = new Set(added)
  const rows = messages.filter(message => news.delete(message.id))
  if (rows.length > 0)
    tx.send(
      tx.sql
        .insertInto('episodes')
        .values(rows.map(message => toEpisode(message, at, { active: active.has(message.id), silent }, key))),
    )
  if (forgotten.length > 0) {
    tx.send(tx.sql.deleteFrom('episodes').where('person_id', '=', personId).where(anyOf('message_id', forgotten)))
    tx.send(
      tx.sql
        .insertInto('forgotten')
        .values(forgotten.map(id => ({ person_id: personId, message_id: id, conversation_id: conversationId })))
        .onConflict(conflict => conflict.columns(['person_id', 'message_id']).doNothing()),
    )
  }
  for (const [ids, isActive] of [
    [activated, true],
    [deactivated, false],
  ] as const)
    if (ids.length > 0)
      tx.send(
        tx.sql
          .updateTable('episodes')
          .set({ active: isActive })
          .where('person_id', '=', personId)
          .where(anyOf('message_id', ids)),
      )
}
