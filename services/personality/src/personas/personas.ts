import { LunaError, type Persona, type personality } from '@luna/contracts'
import { type CallHandlers, personOf } from '@luna/service'
import type { PersonalityContext } from '../context.ts'

type Handlers = CallHandlers<typeof personality, PersonalityContext>

export interface PersonaBody {
  name: string
  description: string
}

export const personaPlace = (id: string): string => `personality.personas.body:${id}`

const mostPersonas = 100

const toPersona = (row: { id: string; is_default: boolean; version: number }, body: PersonaBody): Persona => ({
  id: row.id,
  name: body.name,
  description: body.description,
  isDefault: row.is_default,
  version: row.version,
})

export const listPersonas: Handlers['listPersonas'] = async (_input, ctx, { scope }) => {
  const key = await ctx.keys.of(personOf(scope))
  const rows = await ctx.db.transaction(scope, ({ sql }) =>
    sql.selectFrom('personas').selectAll().orderBy('id').limit(mostPersonas).execute(),
  )
  return { items: rows.map(row => toPersona(row, key.openJson(row.body, personaPlace(row.id)) as PersonaBody)) }
}

/** At most one persona is the default one: making another the default takes it from the first. */
export const putPersona: Handlers['putPersona'] = async (input, ctx, { scope }) => {
  const personId = personOf(scope)
  const key = await ctx.keys.of(personId)
  const id = input.id ?? ctx.random.id()
  const body: PersonaBody = { name: input.name, description: input.description }
  const row = await ctx.db.transaction(scope, async ({ sql }) => {
    const stored = input.id
      ? await sql.selectFrom('personas').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
      : null
    if (stored === undefined) throw noPersona()
    if (stored && input.ifVersion !== undefined && input.ifVersion !== stored.version)
      throw new LunaError('stale', `The persona is at version ${stored.version} now. Look at it again, then change it.`)
    if (!stored) {
      const { count } = await sql
        .selectFrom('personas')
        .select(eb => eb.fn.countAll<string>().as('count'))
        .executeTakeFirstOrThrow()
      if (Number(count) >= mostPersonas)
        throw new LunaError('too-large', `You have ${count} personas, the most there may be.`)
    }
    const isDefault = input.isDefault ?? stored?.is_default ?? false
    if (isDefault) await sql.updateTable('personas').set({ is_default: false }).where('is_default', '=', true).execute()
    const values = { body: key.sealJson(body, personaPlace(id)), is_default: isDefault }
    return stored
      ? sql
          .updateTable('personas')
          .set({ ...values, version: stored.version + 1 })
          .where('id', '=', id)
          .returningAll()
          .executeTakeFirstOrThrow()
      : sql
          .insertInto('personas')
          .values({ id, person_id: personId, ...values })
          .returningAll()
          .executeTakeFirstOrThrow()
  })
  return toPersona(row, body)
}

const noPersona = (): LunaError => new LunaError('not-found', 'There is no such persona.')

export const deletePersona: Handlers['deletePersona'] = async ({ id }, ctx, { scope }) => {
  personOf(scope)
  const gone = await ctx.db.transaction(scope, ({ sql }) =>
    sql.deleteFrom('personas').where('id', '=', id).executeTakeFirst(),
  )
  if (gone.numDeletedRows === 0n) throw noPersona()
  return { deleted: true as const }
}
