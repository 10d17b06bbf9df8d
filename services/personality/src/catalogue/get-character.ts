import { LunaError, type personality } from '@luna/contracts'
import type { CallHandlers } from '@luna/service'
import type { PersonalityContext } from '../context.ts'
import { keyOf, placeOf, publicKey } from './shelf.ts'
import { columns, loadCharacter, noCharacter, openRow, slugKey } from './store.ts'
import { toDetail } from './to-detail.ts'

type Handlers = CallHandlers<typeof personality, PersonalityContext>

/** A character by id, or by slug where there is no id: the person's own comes before a public one of that name. */
export const getCharacter: Handlers['getCharacter'] = async ({ id, slug }, ctx, { scope }) => {
  const personId = scope.kind === 'system' ? null : scope.personId
  if (id) return toDetail(await loadCharacter(ctx, scope, id), personId)
  if (!slug) throw new LunaError('invalid', 'Which character is asked for is missing: give its id or its slug.')
  await ctx.starters.ready()
  const open = slugKey(publicKey(), slug)
  const own = personId === null ? open : slugKey(await keyOf(ctx.keys, placeOf('private', personId, scope)), slug)
  const rows = await ctx.db.transaction(scope, ({ sql }) =>
    sql
      .selectFrom('characters')
      .select([...columns, 'slug_key'])
      .where('slug_key', 'in', [own, open])
      .execute(),
  )
  const row = rows.find(found => found.slug_key === own) ?? rows[0]
  if (!row) throw noCharacter()
  return toDetail(await openRow(ctx, row), personId)
}
