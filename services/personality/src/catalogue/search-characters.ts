import { type Facets, LunaError, type personality } from '@luna/contracts'
import { type CallHandlers, personOf } from '@luna/service'
import { sql } from 'kysely'
import type { PersonalityContext } from '../context.ts'
import { listByIds, openListed } from './list-characters.ts'
import { keyOf, placeOf, publicKey } from './shelf.ts'
import { openHead, placeOfRow, tagKey } from './store.ts'

type Handlers = CallHandlers<typeof personality, PersonalityContext>

const mostFacets = 24
const defaultLimit = 30

interface Found {
  total: number
  ids: string[] | null
  tags: { key: string; count: number; sample: string }[] | null
  languages: Facets['languages'] | null
  shelves: Facets['visibility'] | null
}

/** Words are looked up as keyed tokens, each shelf under its own key; page, total and facets come in one statement. */
export const searchCharacters: Handlers['searchCharacters'] = async (input, ctx, { scope }) => {
  const personId = personOf(scope)
  await ctx.starters.ready()
  const own = await keyOf(ctx.keys, placeOf('private', personId, scope))
  const open = publicKey()
  const limit = input.limit ?? defaultLimit
  const offset = offsetOf(input.cursor)
  const words = input.q?.trim() ?? ''
  const [mine, theirs] = words === '' ? [null, null] : [own.tsquery(words), open.tsquery(words)]
  if (words !== '' && (mine === null || theirs === null))
    return { items: [], nextCursor: null, total: 0, facets: { tags: [], languages: [], visibility: [] } }
  const [myTags, openTags] = [own, open].map(key => (input.tags ?? []).map(tag => tagKey(key, tag)))
  return ctx.db.transaction(scope, async tx => {
    const { rows } = await sql<Found>`
      with found as materialized (
        select * from find_characters(${mine}::tsquery, ${theirs}::tsquery, ${myTags}::text[], ${openTags}::text[],
          ${input.language ?? null}, ${input.visibility ?? null}, ${input.own ?? false})
      )
      select
        (select count(*)::int from found) as total,
        (select json_agg(id) from (select id from found order by score desc, updated_at desc, id limit ${limit} offset ${offset}) page) as ids,
        (select json_agg(t) from (select key, count(*)::int as count, min(id::text) as sample from found, unnest(tag_keys) key
          group by key order by 2 desc, 1 limit ${mostFacets}) t) as tags,
        (select json_agg(l) from (select language as value, count(*)::int as count from found where language <> ''
          group by 1 order by 2 desc, 1 limit ${mostFacets}) l) as languages,
        (select json_agg(v) from (select visibility as value, count(*)::int as count from found group by 1 order by 2 desc) v) as shelves`.execute(
      tx.sql,
    )
    const found = rows[0]
    const ids = found?.ids ?? []
    const samples = await listByIds(tx, [...new Set([...ids, ...(found?.tags ?? []).map(({ sample }) => sample)])])
    const byId = new Map(samples.map(row => [row.id, row]))
    const items = await Promise.all(ids.flatMap(id => byId.get(id) ?? []).map(row => openListed(ctx, row)))
    const tags: Facets['tags'] = []
    for (const { key, count, sample } of found?.tags ?? []) {
      const row = byId.get(sample)
      if (!row) continue
      const shelf = await keyOf(ctx.keys, placeOfRow(row))
      const value = openHead(shelf, row).tags.find(tag => tagKey(shelf, tag) === key)
      if (value !== undefined) tags.push({ value, count })
    }
    const total = found?.total ?? 0
    return {
      items,
      nextCursor: offset + items.length < total && items.length > 0 ? String(offset + items.length) : null,
      total,
      facets: { tags: merged(tags), languages: found?.languages ?? [], visibility: found?.shelves ?? [] },
    }
  })
}

/** A tag has one key on the person's own shelf and another on the open one. */
function merged(tags: Facets['tags']): Facets['tags'] {
  const sums = new Map<string, { value: string; count: number }>()
  for (const { value, count } of tags) {
    const known = sums.get(value.toLowerCase())
    sums.set(value.toLowerCase(), { value: known?.value ?? value, count: count + (known?.count ?? 0) })
  }
  return [...sums.values()].toSorted((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
}

function offsetOf(cursor: string | undefined): number {
  if (cursor === undefined) return 0
  if (!/^\d{1,7}$/.test(cursor))
    throw new LunaError(
      'invalid',
      'The cursor is not one of this search: pass nextCursor of the page before, unchanged.',
    )
  return Number(cursor)
}
