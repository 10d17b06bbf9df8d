import { LunaError, limits, type personality } from '@luna/contracts'
import { type CallHandlers, personOf, type Scope } from '@luna/service'
import type { PersonalityContext } from '../context.ts'
import { diff } from './diff.ts'
import type { CharacterDocument } from './document.ts'
import { keyOf } from './shelf.ts'
import { noCharacter, versionPlace } from './store.ts'
import { rewrite } from './update-character.ts'

type Handlers = CallHandlers<typeof personality, PersonalityContext>

/** Of one's own characters; the cursor is the last version. */
export const listVersions: Handlers['listVersions'] = async (
  { characterId, limit = limits.pageRows, cursor },
  ctx,
  { scope },
) => {
  personOf(scope)
  const before = cursor === undefined ? 2 ** 31 - 1 : Number(cursor)
  if (!Number.isInteger(before) || before > 2 ** 31 - 1)
    throw new LunaError('invalid', 'The cursor is not one of this list: pass nextCursor of the page before, unchanged.')
  const rows = await ctx.db.transaction(scope, ({ sql }) =>
    sql
      .selectFrom('character_versions')
      .select(['version', 'changed', 'at'])
      .where('character_id', '=', characterId)
      .where('version', '<', before)
      .orderBy('version', 'desc')
      .limit(limit + 1)
      .execute(),
  )
  if (rows.length === 0 && cursor === undefined) throw noCharacter()
  const items = rows.slice(0, limit).map(({ version, changed, at }) => ({ version, changed, at: at.toISOString() }))
  return { items, nextCursor: rows.length > limit ? String(items.at(-1)?.version) : null }
}

async function readVersion(
  ctx: PersonalityContext,
  scope: Scope,
  id: string,
  version: number,
): Promise<CharacterDocument> {
  const row = await ctx.db.transaction(scope, ({ sql }) =>
    sql
      .selectFrom('character_versions')
      .selectAll()
      .where('character_id', '=', id)
      .where('version', '=', version)
      .executeTakeFirst(),
  )
  if (!row)
    throw new LunaError('not-found', `There is no version ${version} of this character. List its versions first.`)
  const key = await keyOf(ctx.keys, row)
  return key.openJson(row.body, versionPlace(id, version)) as CharacterDocument
}

export const diffVersions: Handlers['diffVersions'] = async ({ characterId, from, to }, ctx, { scope }) => {
  const [before, after] = await Promise.all([from, to].map(version => readVersion(ctx, scope, characterId, version)))
  if (!before || !after) throw noCharacter()
  return { changes: diff(before, after) }
}

/** The old version becomes a new one on top: nothing of the history goes. */
export const restoreVersion: Handlers['restoreVersion'] = async (
  { characterId, version, ifVersion },
  ctx,
  { scope },
) => {
  const old = await readVersion(ctx, scope, characterId, version)
  return rewrite(ctx, scope, {
    characterId,
    ifVersion,
    change: now => ({ ...old, slug: now.slug, original: now.original }),
  })
}
