import { type Selectable, sql } from 'kysely'
import type { MemoryTx } from '../context.ts'
import type { ConversationTable } from '../db/tables.ts'
import { type Fact, neighbourhood, type Standing, staysOnBranch, unknown } from './standing.ts'

export interface ConversationKey {
  personId: string
  conversationId: string
}

type Sql = MemoryTx['sql']

/** One statement for any number of ids. */
export const anyOf = (column: 'message_id', ids: readonly string[]) =>
  sql<boolean>`${sql.ref(column)} = any(${[...ids]}::uuid[])`

/** The row of a conversation, made where there is none, locked until the transaction ends. */
export async function lockConversation(trx: Sql, key: ConversationKey): Promise<Selectable<ConversationTable>> {
  const { personId, conversationId } = key
  const found = await trx
    .selectFrom('conversations')
    .selectAll()
    .where('person_id', '=', personId)
    .where('conversation_id', '=', conversationId)
    .forUpdate()
    .executeTakeFirst()
  if (found) return found
  await trx
    .insertInto('conversations')
    .values({ person_id: personId, conversation_id: conversationId })
    .onConflict(conflict => conflict.columns(['person_id', 'conversation_id']).doNothing())
    .execute()
  return lockConversation(trx, key)
}

interface Known {
  message_id: string
  parent_id: string | null
  forgotten: boolean
}

/** As much of what is known as these facts touch: the neighbourhood of the leaf, or the whole conversation. */
export async function loadStanding(
  trx: Sql,
  row: Selectable<ConversationTable>,
  facts: readonly Fact[],
): Promise<Standing> {
  const state = { gone: row.gone, version: row.version, revision: row.revision, heard: row.heard, leafId: row.leaf_id }
  if (facts.every(fact => fact.kind === 'heard' || fact.kind === 'gone')) return { ...unknown, ...state }
  const near = facts.every(fact => staysOnBranch(state, fact)) ? [...neighbourhood(state, facts)] : null
  const touched = sql`person_id = ${row.person_id}::uuid and conversation_id = ${row.conversation_id}::uuid
    ${near === null ? sql`` : sql`and ${anyOf('message_id', near)}`}`
  const { rows } = await sql<Known>`
    select message_id, parent_id, false as forgotten from episodes where ${touched}
    union all select message_id, null, true from forgotten where ${touched}`.execute(trx)
  return {
    ...state,
    parents: new Map(rows.filter(each => !each.forgotten).map(each => [each.message_id, each.parent_id])),
    forgotten: new Set(rows.filter(each => each.forgotten).map(each => each.message_id)),
  }
}
