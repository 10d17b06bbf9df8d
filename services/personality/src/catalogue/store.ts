import { LunaError } from '@luna/contracts'
import type { PersonKey, Scope } from '@luna/service'
import { sql } from 'kysely'
import { sheetOf } from '../cards/sheet.ts'
import type { PersonalityContext, PersonalityTx } from '../context.ts'
import type { Shelf } from '../db/tables.ts'
import { type CharacterDocument, type CharacterHead, headOf, searchTexts } from './document.ts'
import { keyOf, type Place } from './shelf.ts'

/** A character as it is stored, opened. */
export interface StoredCharacter {
  readonly id: string
  readonly version: number
  readonly visibility: Shelf
  readonly ownerId: string | null
  readonly workspaceId: string | null
  readonly builtIn: boolean
  readonly avatar: string | null
  readonly createdAt: Date
  readonly updatedAt: Date
  readonly document: CharacterDocument
}

interface Row {
  id: string
  version: number
  visibility: Shelf
  owner_id: string | null
  workspace_id: string | null
  built_in: boolean
  avatar: string | null
  created_at: Date
  updated_at: Date
  body: Buffer
}

export const noCharacter = (): LunaError =>
  new LunaError('not-found', 'There is no such character. It may have been deleted; choose another from the list.')

const bodyPlace = (id: string): string => `personality.characters.body:${id}`
const headPlace = (id: string): string => `personality.characters.head:${id}`
export const versionPlace = (id: string, version: number): string => `personality.versions.body:${id}:${version}`

export const placeOfRow = (row: {
  visibility: Shelf
  owner_id: string | null
  workspace_id: string | null
}): Place => ({
  shelf: row.visibility,
  owner_id: row.owner_id,
  workspace_id: row.workspace_id,
})

export const columns = [
  'id',
  'version',
  'visibility',
  'owner_id',
  'workspace_id',
  'built_in',
  'avatar',
  'created_at',
  'updated_at',
  'body',
] as const

export async function openRow(ctx: Pick<PersonalityContext, 'keys'>, row: Row): Promise<StoredCharacter> {
  const key = await keyOf(ctx.keys, placeOfRow(row))
  return {
    id: row.id,
    version: row.version,
    visibility: row.visibility,
    ownerId: row.owner_id,
    workspaceId: row.workspace_id,
    builtIn: row.built_in,
    avatar: row.avatar,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    document: key.openJson(row.body, bodyPlace(row.id)) as CharacterDocument,
  }
}

/** The character as far as the scope may see it. */
export async function loadCharacter(ctx: PersonalityContext, scope: Scope, id: string): Promise<StoredCharacter> {
  await ctx.starters.ready()
  const row = await ctx.db.transaction(scope, ({ sql: db }) =>
    db.selectFrom('characters').select(columns).where('id', '=', id).executeTakeFirst(),
  )
  if (!row) throw noCharacter()
  return openRow(ctx, row)
}

export const openHead = (key: PersonKey, row: { id: string; head: Buffer }): CharacterHead =>
  key.openJson(row.head, headPlace(row.id)) as CharacterHead

/** The tag as it is filtered by: keyed, whatever its case. */
export const tagKey = (key: PersonKey, tag: string): string => key.tokens(`tag ${tag}`).join('.')
export const slugKey = (key: PersonKey, slug: string): string =>
  key.tokens(`slug ${slug.replaceAll('-', ' ')}`).join('.')

export interface SealedColumns {
  language: string
  tag_keys: string[]
  slug_key: string
  head: Buffer
  body: Buffer
  avatar: string | null
}

export function seal(key: PersonKey, id: string, document: CharacterDocument): SealedColumns {
  const { tags, language } = sheetOf(document.card)
  return {
    language,
    tag_keys: [...new Set(tags.map(tag => tagKey(key, tag)))],
    slug_key: slugKey(key, document.slug),
    head: key.sealJson(headOf(document), headPlace(id)),
    body: key.sealJson(document, bodyPlace(id)),
    avatar: document.image?.hash ?? null,
  }
}

/** The weighted index of a character, as an expression. */
export function lexemesOf(key: PersonKey, document: CharacterDocument) {
  const [a, b, c, d] = searchTexts(document).map(text => key.tsvector(text))
  return sql<string>`setweight(${a}::tsvector, 'A') || setweight(${b}::tsvector, 'B') || setweight(${c}::tsvector, 'C') || setweight(${d}::tsvector, 'D')`
}

export function insertVersion(
  tx: PersonalityTx,
  key: PersonKey,
  place: Place,
  character: { id: string; version: number; document: CharacterDocument; changed: readonly string[] },
): void {
  tx.send(
    tx.sql.insertInto('character_versions').values({
      character_id: character.id,
      version: character.version,
      owner_id: place.owner_id,
      shelf: place.shelf,
      workspace_id: place.workspace_id,
      changed: [...character.changed],
      body: key.sealJson(character.document, versionPlace(character.id, character.version)),
    }),
  )
}
