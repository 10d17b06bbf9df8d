import { type CallInput, type CallOutput, type JournalEntry, LunaError, limits, type memory } from '@luna/contracts'
import { type CallRequest, fold, isUuid, type PersonKey, person, personOf } from '@luna/service'
import { type Selectable, sql } from 'kysely'
import type { MemoryContext, MemoryTx } from '../context.ts'
import type { JournalTable } from '../db/tables.ts'
import { requireVersion } from '../memories/edit.ts'
import { openEntry, sealEntry, toEntry } from './entry.ts'

const defaultLimit = 30
/** Entries that a search by words or tag looks through. */
const mostSearched = 2_000

/** The journal, latest first. A search reads entries one by one: they are few, and lie sealed. */
export async function listJournal(
  { limit = defaultLimit, cursor, tag, q }: CallInput<typeof memory.calls.listJournal>,
  ctx: MemoryContext,
  { scope }: CallRequest,
): Promise<CallOutput<typeof memory.calls.listJournal>> {
  if (cursor !== undefined && !isUuid(cursor))
    throw new LunaError('invalid', 'The cursor is not one of memory’s: pass nextCursor of the page before, unchanged.')
  const personId = personOf(scope)
  const key = await ctx.keys.of(personId)
  const searching = tag !== undefined || (q !== undefined && q.trim() !== '')
  const rows = await ctx.db.transaction(person(personId), async ({ sql: trx }) => {
    const { rows: found } = await sql<Selectable<JournalTable>>`
      select * from journal where person_id = ${personId}::uuid and (${cursor ?? null}::uuid is null or
        (created_at, id) < (select created_at, id from journal where person_id = ${personId}::uuid and id = ${cursor ?? null}::uuid))
      order by created_at desc, id desc limit ${searching ? mostSearched : limit + 1}`.execute(trx)
    return found
  })
  const items: JournalEntry[] = []
  let bytes = 0
  for (const row of rows) {
    const entry = toEntry(row, key)
    if (!fits(entry, tag, q)) continue
    bytes += Buffer.byteLength(JSON.stringify(entry))
    if (items.length > 0 && bytes > limits.pageBytes) break
    items.push(entry)
    if (items.length === limit) break
  }
  const last = items.at(-1)
  return { items, nextCursor: last && rows.at(-1)?.id !== last.id ? last.id : null }
}

function fits({ text, tags }: JournalEntry, tag: string | undefined, q: string | undefined): boolean {
  if (tag !== undefined && !tags.some(each => fold(each) === fold(tag))) return false
  return q === undefined || fold(`${text} ${tags.join(' ')}`).includes(fold(q.trim()))
}

export async function addJournal(
  { id, text, mood, tags = [], prompt }: CallInput<typeof memory.calls.addJournal>,
  ctx: MemoryContext,
  { scope }: CallRequest,
): Promise<CallOutput<typeof memory.calls.addJournal>> {
  const personId = personOf(scope)
  const key = await ctx.keys.of(personId)
  const body = sealEntry(key, id, { text, tags, prompt: prompt ?? null })
  const row = await ctx.db.transaction(person(personId), async tx => {
    await tx.sql
      .insertInto('journal')
      .values({ person_id: personId, id, body, mood: mood ?? null })
      .onConflict(conflict => conflict.columns(['person_id', 'id']).doNothing())
      .execute()
    return entryOf(tx, personId, id)
  })
  return toEntry(row, key)
}

export async function editJournal(
  { id, text, mood, tags, ifVersion }: CallInput<typeof memory.calls.editJournal>,
  ctx: MemoryContext,
  { scope }: CallRequest,
): Promise<CallOutput<typeof memory.calls.editJournal>> {
  const personId = personOf(scope)
  const key = await ctx.keys.of(personId)
  const row = await ctx.db.transaction(person(personId), async tx => {
    const before = await entryOf(tx, personId, id)
    requireVersion(before, ifVersion)
    await tx.sql
      .updateTable('journal')
      .set({
        version: before.version + 1,
        body: changed(key, before, text, tags),
        mood: mood === undefined ? before.mood : mood,
        updated_at: sql<Date>`now()`,
      })
      .where('person_id', '=', personId)
      .where('id', '=', id)
      .execute()
    return entryOf(tx, personId, id)
  })
  return toEntry(row, key)
}

function changed(key: PersonKey, before: Selectable<JournalTable>, text?: string, tags?: string[]): Buffer {
  const body = openEntry(key, before.id, before.body)
  return sealEntry(key, before.id, { ...body, text: text ?? body.text, tags: tags ?? body.tags })
}

export async function removeJournal(
  { id, ifVersion }: CallInput<typeof memory.calls.removeJournal>,
  ctx: MemoryContext,
  { scope }: CallRequest,
): Promise<CallOutput<typeof memory.calls.removeJournal>> {
  const personId = personOf(scope)
  await ctx.db.transaction(person(personId), async tx => {
    requireVersion(await entryOf(tx, personId, id), ifVersion)
    await tx.sql.deleteFrom('journal').where('person_id', '=', personId).where('id', '=', id).execute()
  })
  return {}
}

async function entryOf({ sql: trx }: MemoryTx, personId: string, id: string): Promise<Selectable<JournalTable>> {
  const row = await trx
    .selectFrom('journal')
    .selectAll()
    .where('person_id', '=', personId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (!row) throw new LunaError('not-found', 'There is no such journal entry.')
  return row
}
