import { type Lorebook, LunaError, limits, type personality } from '@luna/contracts'
import { type CallHandlers, personOf, type Scope } from '@luna/service'
import type { Json } from '../cards/card.ts'
import { bookOf } from '../catalogue/document.ts'
import { loadCharacter } from '../catalogue/store.ts'
import type { PersonalityContext } from '../context.ts'
import type { LorebookTable } from '../db/tables.ts'
import { layDown } from '../files/pieces.ts'
import { writeWorldInfo } from '../lore/world-info.ts'

type Handlers = CallHandlers<typeof personality, PersonalityContext>

export const bookPlace = (id: string): string => `personality.lorebooks.body:${id}`

const mostBooks = 500

const entriesOf = (body: Json): Json[] => (Array.isArray(body['entries']) ? (body['entries'] as Json[]) : [])

const toLorebook = (
  row: Pick<LorebookTable, 'id' | 'scope' | 'target_id' | 'entries'> & { version: number },
  body: Json,
): Lorebook => ({
  id: row.id,
  name: typeof body['name'] === 'string' ? body['name'].slice(0, 200) : '',
  scope: row.scope,
  targetId: row.target_id,
  entries: row.entries,
  version: row.version,
})

interface NewBook {
  id?: string | undefined
  scope: Lorebook['scope']
  targetId: string | null
  body: Json
  ifVersion?: number | undefined
}

/** Writes a lorebook of the person; with an id another content for it. */
export async function storeLorebook(ctx: PersonalityContext, scope: Scope, book: NewBook): Promise<Lorebook> {
  const personId = personOf(scope)
  if ((book.scope === 'person') !== (book.targetId === null))
    throw new LunaError(
      'invalid',
      'A lorebook for a character or a conversation needs its id as targetId; one for you has none.',
    )
  const key = await ctx.keys.of(personId)
  const id = book.id ?? ctx.random.id()
  const values = {
    scope: book.scope,
    target_id: book.targetId,
    entries: entriesOf(book.body).length,
    body: key.sealJson(book.body, bookPlace(id)),
  }
  const row = await ctx.db.transaction(scope, async ({ sql }) => {
    if (book.id === undefined) {
      const { count } = await sql
        .selectFrom('lorebooks')
        .select(eb => eb.fn.countAll<string>().as('count'))
        .executeTakeFirstOrThrow()
      if (Number(count) >= mostBooks)
        throw new LunaError('too-large', `You have ${count} lorebooks, the most there may be. Delete some first.`)
      return sql
        .insertInto('lorebooks')
        .values({ id, person_id: personId, ...values })
        .returningAll()
        .executeTakeFirstOrThrow()
    }
    const stored = await sql
      .selectFrom('lorebooks')
      .select('version')
      .where('id', '=', id)
      .forUpdate()
      .executeTakeFirst()
    if (!stored) throw noBook()
    if (book.ifVersion !== undefined && book.ifVersion !== stored.version)
      throw new LunaError(
        'stale',
        `The lorebook is at version ${stored.version} now. Look at it again, then change it.`,
      )
    return sql
      .updateTable('lorebooks')
      .set({ ...values, version: stored.version + 1 })
      .where('id', '=', id)
      .returningAll()
      .executeTakeFirstOrThrow()
  })
  return toLorebook(row, book.body)
}

const noBook = (): LunaError => new LunaError('not-found', 'There is no such lorebook.')

export const putLorebook: Handlers['putLorebook'] = ({ targetId, ...input }, ctx, { scope }) =>
  storeLorebook(ctx, scope, { ...input, targetId: targetId ?? null, scope: input.scope })

export const listLorebooks: Handlers['listLorebooks'] = async ({ targetId }, ctx, { scope }) => {
  const key = await ctx.keys.of(personOf(scope))
  const rows = await ctx.db.transaction(scope, ({ sql }) => {
    const all = sql.selectFrom('lorebooks').selectAll().orderBy('id').limit(mostBooks)
    return (targetId ? all.where('target_id', '=', targetId) : all).execute()
  })
  return { items: rows.map(row => toLorebook(row, key.openJson(row.body, bookPlace(row.id)) as Json)) }
}

/** World Info leaves as World Info, a book of V3 as one of V3. */
export const exportLorebook: Handlers['exportLorebook'] = async ({ id }, ctx, { scope }) => {
  const body = await readBody(ctx, scope, { lorebookId: id })
  const bytes = Buffer.from(`${JSON.stringify(writeWorldInfo(body), null, 2)}\n`, 'utf8')
  const type = 'application/json'
  return {
    fileId: await layDown(ctx, personOf(scope), bytes, type),
    name: `lorebook-${id}.json`,
    type,
    bytes: bytes.length,
  }
}

export const deleteLorebook: Handlers['deleteLorebook'] = async ({ id }, ctx, { scope }) => {
  personOf(scope)
  const gone = await ctx.db.transaction(scope, ({ sql }) =>
    sql.deleteFrom('lorebooks').where('id', '=', id).executeTakeFirst(),
  )
  if (gone.numDeletedRows === 0n) throw noBook()
  return { deleted: true as const }
}

/** Entries as they came, page by page; the cursor is the index of the next one. */
export const readLorebook: Handlers['readLorebook'] = async (input, ctx, { scope }) => {
  const entries = entriesOf(await readBody(ctx, scope, input))
  const from = Number(input.cursor ?? 0)
  if (!Number.isInteger(from) || from < 0) throw new LunaError('invalid', 'The cursor is not one of this list.')
  const items: Json[] = []
  let bytes = 0
  for (const entry of entries.slice(from, from + (input.limit ?? limits.pageRows))) {
    bytes += Buffer.byteLength(JSON.stringify(entry))
    if (items.length > 0 && bytes > limits.pageBytes) break
    items.push(entry)
  }
  const next = from + items.length
  return { items, nextCursor: next < entries.length ? String(next) : null }
}

async function readBody(
  ctx: PersonalityContext,
  scope: Scope,
  input: { characterId?: string | undefined; lorebookId?: string | undefined },
): Promise<Json> {
  if (input.characterId) return bookOf((await loadCharacter(ctx, scope, input.characterId)).document.card) ?? {}
  const id = input.lorebookId
  if (!id) throw new LunaError('invalid', 'Which lorebook is asked for is missing: give characterId or lorebookId.')
  const key = await ctx.keys.of(personOf(scope))
  const row = await ctx.db.transaction(scope, ({ sql }) =>
    sql.selectFrom('lorebooks').selectAll().where('id', '=', id).executeTakeFirst(),
  )
  if (!row) throw noBook()
  return key.openJson(row.body, bookPlace(id)) as Json
}
