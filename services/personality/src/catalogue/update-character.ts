import { type CharacterDetail, LunaError, type personality } from '@luna/contracts'
import { type CallHandlers, personOf, type Scope } from '@luna/service'
import { withChanges } from '../cards/sheet.ts'
import type { PersonalityContext } from '../context.ts'
import type { Shelf } from '../db/tables.ts'
import { freeSlug } from './create-character.ts'
import { changedFields } from './diff.ts'
import { type CharacterDocument, withBook } from './document.ts'
import { keyOf, placeOf } from './shelf.ts'
import { columns, insertVersion, lexemesOf, noCharacter, openRow, seal } from './store.ts'
import { toDetail } from './to-detail.ts'

type Handlers = CallHandlers<typeof personality, PersonalityContext>

export const updateCharacter: Handlers['updateCharacter'] = async (input, ctx, { scope }) => {
  const change = (document: CharacterDocument): CharacterDocument => {
    const card = withChanges(document.card, given(input.changes))
    return { ...document, card: input.lorebook === undefined ? card : withBook(card, input.lorebook) }
  }
  return rewrite(ctx, scope, { ...input, change })
}

const given = <T extends object>(changes: T): T =>
  Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined)) as T

/** @throws LunaError `stale` when the change was made against another version than the one that is stored */
export function requireVersion(wanted: number | undefined, stored: number): void {
  if (wanted === undefined || wanted === stored) return
  throw new LunaError(
    'stale',
    `The character is at version ${stored} now; the change was made against ${wanted}. Look at what has changed, then send it again.`,
    { details: { version: stored } },
  )
}

/** A character of one's own, locked for a change. */
export const lockOwn = (ctx: PersonalityContext, scope: Scope, id: string) => {
  const personId = personOf(scope)
  return async (tx: Parameters<Parameters<PersonalityContext['db']['transaction']>[1]>[0]) => {
    const row = await tx.sql
      .selectFrom('characters')
      .select(columns)
      .where('id', '=', id)
      .forUpdate()
      .executeTakeFirst()
    const seen = row ?? (await tx.sql.selectFrom('characters').select(columns).where('id', '=', id).executeTakeFirst())
    if (!seen) throw noCharacter()
    if (seen.owner_id !== personId || !row)
      throw new LunaError(
        'forbidden',
        'This character is not yours to change. Make a copy of your own: export it and import it again.',
      )
    return openRow(ctx, row)
  }
}

interface Rewrite {
  characterId: string
  ifVersion?: number | undefined
  visibility?: Shelf | undefined
  change(document: CharacterDocument): CharacterDocument
}

/** Changes a character of one's own; a change that changes nothing makes no version. */
export async function rewrite(ctx: PersonalityContext, scope: Scope, input: Rewrite): Promise<CharacterDetail> {
  const personId = personOf(scope)
  const lock = lockOwn(ctx, scope, input.characterId)
  const changed = await ctx.db.transaction(scope, async tx => {
    const before = await lock(tx)
    requireVersion(input.ifVersion, before.version)
    const visibility = input.visibility ?? before.visibility
    const document = input.change(before.document)
    const fields = changedFields(before.document, document)
    const moves = visibility !== before.visibility
    if (fields.length === 0 && !moves) return before
    const place = placeOf(visibility, personId, scope)
    const key = await keyOf(ctx.keys, place)
    const slug = moves ? await freeSlug(ctx, tx, place, document.slug, before.id) : document.slug
    const written = { ...document, slug }
    const version = before.version + 1
    const row = await tx.sql
      .updateTable('characters')
      .set(eb => ({
        ...seal(key, before.id, written),
        lexemes: lexemesOf(key, written),
        visibility,
        workspace_id: place.workspace_id,
        version,
        updated_at: eb.fn<Date>('now', []),
      }))
      .where('id', '=', before.id)
      .returning('updated_at')
      .executeTakeFirstOrThrow()
    insertVersion(tx, key, place, {
      id: before.id,
      version,
      document: written,
      changed: moves ? [...fields, 'visibility'] : fields,
    })
    return {
      ...before,
      version,
      visibility,
      workspaceId: place.workspace_id,
      avatar: written.image?.hash ?? null,
      updatedAt: row.updated_at,
      document: written,
    }
  })
  ctx.changed(personId, 'character', changed.id, changed.version)
  return toDetail(changed, personId)
}
