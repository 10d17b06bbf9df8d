import { type CharacterDetail, LunaError, type personality } from '@luna/contracts'
import { type CallHandlers, personOf, type Scope } from '@luna/service'
import { sql } from 'kysely'
import { newCard, sheetOf } from '../cards/sheet.ts'
import type { PersonalityContext, PersonalityTx } from '../context.ts'
import type { Shelf } from '../db/tables.ts'
import { type CharacterDocument, withBook } from './document.ts'
import { keyOf, type Place, placeOf, publicKey } from './shelf.ts'
import { numbered, slugOf } from './slug.ts'
import { insertVersion, lexemesOf, seal, slugKey } from './store.ts'
import { toDetail } from './to-detail.ts'

type Handlers = CallHandlers<typeof personality, PersonalityContext>

/** Characters that one person may own; far beyond what anybody makes by hand. */
export const mostOwned = 20_000

/** How often a slug is tried with another number. */
const mostNumbers = 1_000

export const createCharacter: Handlers['createCharacter'] = async (input, ctx, { scope }) => {
  const card = withBook(newCard(input.sheet), input.lorebook ?? null)
  const document = { slug: '', card, image: null, files: {}, original: null }
  return store(ctx, scope, { document, visibility: input.visibility ?? 'private', changed: ['created'] })
}

/** Stores a new character under a slug of its own. */
export async function store(
  ctx: PersonalityContext,
  scope: Scope,
  input: { id?: string; document: CharacterDocument; visibility: Shelf; changed: readonly string[] },
): Promise<CharacterDetail> {
  const personId = personOf(scope)
  await ctx.starters.ready()
  const place = placeOf(input.visibility, personId, scope)
  const key = await keyOf(ctx.keys, place)
  const id = input.id ?? ctx.random.id()
  const stored = await ctx.db.transaction(scope, async tx => {
    const owned = await tx.sql
      .selectFrom('characters')
      .select(eb => eb.fn.countAll<string>().as('count'))
      .where('owner_id', '=', personId)
      .executeTakeFirstOrThrow()
    if (Number(owned.count) >= mostOwned)
      throw new LunaError(
        'too-large',
        `You have ${owned.count} characters, the most there may be. Delete some first.`,
        {
          details: { limit: mostOwned },
        },
      )
    const { name } = sheetOf(input.document.card)
    const slug = await freeSlug(ctx, tx, place, input.document.slug || slugOf(name), id)
    const document = { ...input.document, slug }
    const row = await tx.sql
      .insertInto('characters')
      .values({
        id,
        owner_id: personId,
        workspace_id: place.workspace_id,
        visibility: place.shelf,
        version: 1,
        ...seal(key, id, document),
        lexemes: lexemesOf(key, document),
      })
      .returning(['created_at', 'updated_at'])
      .executeTakeFirstOrThrow()
    insertVersion(tx, key, place, { id, version: 1, document, changed: input.changed })
    return { document, row }
  })
  ctx.changed(personId, 'character', id, 1)
  return toDetail(
    {
      id,
      version: 1,
      visibility: place.shelf,
      ownerId: personId,
      workspaceId: place.workspace_id,
      builtIn: false,
      avatar: stored.document.image?.hash ?? null,
      createdAt: stored.row.created_at,
      updatedAt: stored.row.updated_at,
      document: stored.document,
    },
    personId,
  )
}

/** The first number of a slug that is free on its shelf, and on the public one, so that a model's name means one character. */
export async function freeSlug(
  ctx: PersonalityContext,
  tx: PersonalityTx,
  place: Place,
  wanted: string,
  exceptId: string,
): Promise<string> {
  const key = await keyOf(ctx.keys, place)
  await lockSlugs(tx, slugKey(key, wanted))
  // Mostly the first is free: each that is looked at must be keyed.
  for (let from = 1, size = 2; from < mostNumbers; from += size, size = 50) {
    const slugs = Array.from({ length: size }, (_, index) => numbered(wanted, from + index))
    const keyed = new Map(slugs.flatMap(slug => [key, publicKey()].map(one => [slugKey(one, slug), slug] as const)))
    const taken = await tx.sql
      .selectFrom('characters')
      .select('slug_key')
      .where('slug_key', 'in', [...keyed.keys()])
      .where('id', '!=', exceptId)
      .execute()
    const used = new Set(taken.map(row => keyed.get(row.slug_key)))
    const free = slugs.find(slug => !used.has(slug))
    if (free) return free
  }
  throw new LunaError('conflict', 'Too many characters have this name already. Choose another name.')
}

/** Two that are made at once with one name take their numbers one after the other. */
async function lockSlugs(tx: PersonalityTx, key: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`slug ${key}`}, 1))`.execute(tx.sql)
}
