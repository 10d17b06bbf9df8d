import { type Character, LunaError, limits, type personality } from '@luna/contracts'
import { type CallHandlers, isUuid } from '@luna/service'
import type { PersonalityContext, PersonalityTx } from '../context.ts'
import { toCharacter } from './document.ts'
import { keyOf } from './shelf.ts'
import { openHead, placeOfRow } from './store.ts'

type Handlers = CallHandlers<typeof personality, PersonalityContext>

export const listedColumns = ['id', 'version', 'visibility', 'owner_id', 'workspace_id', 'avatar', 'head'] as const

type ListedRow = Awaited<ReturnType<typeof selectListed>>[number]

const selectListed = (tx: PersonalityTx, ids: readonly string[]) =>
  tx.sql
    .selectFrom('characters')
    .select(listedColumns)
    .where('id', 'in', [...ids])
    .execute()

export async function openListed(ctx: PersonalityContext, row: ListedRow): Promise<Character> {
  const key = await keyOf(ctx.keys, placeOfRow(row))
  return toCharacter(row, openHead(key, row))
}

/** Rows in the order of these ids. */
export async function listByIds(tx: PersonalityTx, ids: readonly string[]): Promise<ListedRow[]> {
  if (ids.length === 0) return []
  const rows = new Map((await selectListed(tx, ids)).map(row => [row.id, row]))
  return ids.flatMap(id => rows.get(id) ?? [])
}

/** All that the scope may talk to, newest first, those that come with Luna last; the cursor is the last id. */
export const listCharacters: Handlers['listCharacters'] = async (
  { limit = limits.pageRows, cursor },
  ctx,
  { scope },
) => {
  if (cursor !== undefined && !isUuid(cursor))
    throw new LunaError('invalid', 'The cursor is not one of this list: pass nextCursor of the page before, unchanged.')
  await ctx.starters.ready()
  const rows = await ctx.db.transaction(scope, ({ sql }) => {
    const all = sql
      .selectFrom('characters')
      .select(listedColumns)
      .orderBy('id', 'desc')
      .limit(limit + 1)
    return (cursor === undefined ? all : all.where('id', '<', cursor)).execute()
  })
  const items = await Promise.all(rows.slice(0, limit).map(row => openListed(ctx, row)))
  return { items, nextCursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null }
}
