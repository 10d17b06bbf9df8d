import { type CallInput, type CallOutput, LunaError, limits, type MemoryItem, type memory } from '@luna/contracts'
import { type CallRequest, isUuid, type PersonKey, person, personOf } from '@luna/service'
import { sql } from 'kysely'
import type { MemoryContext, MemoryTx } from '../context.ts'
import { type MemoryRow, readMemories, toItem } from './row.ts'

type List = typeof memory.calls.listMemories

const defaultLimit = 50

/** The memories that hold, latest first; with a question those that have its words, best first. */
export async function listMemories(
  input: CallInput<List>,
  ctx: MemoryContext,
  { scope }: CallRequest,
): Promise<CallOutput<List>> {
  if (input.cursor !== undefined && !isUuid(input.cursor))
    throw new LunaError('invalid', 'The cursor is not one of memory’s: pass nextCursor of the page before, unchanged.')
  const personId = personOf(scope)
  const key = await ctx.keys.of(personId)
  const limit = input.limit ?? defaultLimit
  const rows = await ctx.db.transaction(person(personId), tx =>
    readMemories(tx, personId, condition(input, key, limit + 1)),
  )
  const items = fitting(rows.slice(0, limit), key)
  const last = items.at(-1)
  const more = rows.length > items.length && input.q === undefined
  return { items, nextCursor: more && last ? last.id : null }
}

function condition(input: CallInput<List>, key: PersonKey, limit: number) {
  const { q, kind, characterId, pinned, asOf, history, cursor } = input
  const asked = q === undefined || q.trim() === '' ? null : key.tsquery(q, 'any')
  const at = asOf ?? null
  const holds = at
    ? sql`coalesce(valid_from, observed_at) <= ${at}::timestamptz
        and (valid_to is null or valid_to > ${at}::timestamptz)
        and (replaced_from is null or replaced_from > ${at}::timestamptz)`
    : sql`replaced_by is null`
  return sql`stands
    and (${history ?? false}::boolean or (${holds}))
    and (${kind ?? null}::text is null or kind = ${kind ?? null})
    and (${characterId ?? null}::uuid is null or character_id is null or character_id = ${characterId ?? null}::uuid)
    and (${pinned ?? null}::boolean is null or pinned = ${pinned ?? null}::boolean)
    and (${cursor ?? null}::uuid is null or id < ${cursor ?? null}::uuid)
    and (${q ?? null}::text is null or lexemes @@ ${asked ?? ''}::tsquery)
    order by ${asked === null ? sql`id desc` : sql`ts_rank(lexemes, ${asked}::tsquery) desc, id desc`} limit ${limit}`
}

/** As many as fit on a page. */
function fitting(rows: readonly MemoryRow[], key: PersonKey): MemoryItem[] {
  const items: MemoryItem[] = []
  let bytes = 0
  for (const row of rows) {
    const item = toItem(row, key)
    bytes += Buffer.byteLength(JSON.stringify(item))
    if (items.length > 0 && bytes > limits.pageBytes) break
    items.push(item)
  }
  return items
}

/** @throws LunaError `not-found` for what is not there, is somebody else's, or has lost what it was concluded from */
export async function rowOf(tx: MemoryTx, personId: string, id: string): Promise<MemoryRow> {
  const [row] = await readMemories(tx, personId, sql`id = ${id}::uuid and stands`)
  if (!row) throw new LunaError('not-found', 'There is no such memory.')
  return row
}

export async function getMemory(
  { id }: CallInput<typeof memory.calls.getMemory>,
  ctx: MemoryContext,
  { scope }: CallRequest,
): Promise<CallOutput<typeof memory.calls.getMemory>> {
  const personId = personOf(scope)
  const key = await ctx.keys.of(personId)
  return toItem(await ctx.db.transaction(person(personId), tx => rowOf(tx, personId, id)), key)
}
