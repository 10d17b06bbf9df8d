import type { Selectable } from 'kysely'
import type { MemoryTx } from '../context.ts'
import type { ConversationTable } from '../db/tables.ts'
import { type Fact, neighbourhood, type Standing, staysOnBranch, unknown } from './standing.ts'

export interface ConversationKey {
  personId: string
  conversationId: string
}

type Sql = MemoryTx['sql']

/** No message's id: `in ()` is no SQL. */
const nobody = '00000000-0000-0000-0000-000000000000'

/** The row of a conversation, made where there is none, locked until the transaction ends. */
export async function lockConversation(
  trx: Sql,
  { personId, conversationId }: ConversationKey,
): Promise<Selectable<ConversationTable>> {
  await trx
    .insertInto('conversations')
    .values({ person_id: personId, conversation_id: conversationId })
    .onConflict(conflict => conflict.columns(['person_id', 'conversation_id']).doNothing())
    .execute()
  return trx
    .selectFrom('conversations')
    .selectAll()
    .where('person_id', '=', personId)
    .where('conversation_id', '=', conversationId)
    .forUpdate()
    .executeTakeFirstOrThrow()
}

/** As much of what is known as these facts touch: the neighbourhood of the leaf, or the whole conversation. */
export async function loadStanding(
  trx: Sql,
  row: Selectable<ConversationTable>,
  facts: readonly Fact[],
): Promise<Standing> {
  const state = { gone: row.gone, version: row.version, revision: row.revision, heard: row.heard, leafId: row.leaf_id }
  if (facts.every(fact => fact.kind === 'heard' || fact.kind === 'gone')) return { ...unknown, ...state }
  const near = facts.every(fact => staysOnBranch(state, fact)) ? [nobody, ...neighbourhood(state, facts)] : null
  const known = await trx
    .selectFrom('episodes')
    .select(['message_id', 'parent_id'])
    .where('person_id', '=', row.person_id)
    .where('conversation_id', '=', row.conversation_id)
    .$if(near !== null, query => query.where('message_id', 'in', near ?? []))
    .execute()
  const forgotten = await trx
    .selectFrom('forgotten')
    .select('message_id')
    .where('person_id', '=', row.person_id)
    .where('conversation_id', '=', row.conversation_id)
    .$if(near !== null, query => query.where('message_id', 'in', near ?? []))
    .execute()
  return {
    ...state,
    parents: new Map(known.map(episode => [episode.message_id, episode.parent_id])),
    forgotten: new Set(forgotten.map(message => message.message_id)),
  }
}
