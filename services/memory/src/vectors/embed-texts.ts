import { type PersonKey, person } from '@luna/service'
import { sql } from 'kysely'
import type { MemoryContext } from '../context.ts'
import { textPlace } from '../follow/episode.ts'
import { openBody } from '../memories/body.ts'
import { unit } from './port.ts'
import { toBytes } from './vectors.ts'

interface Row {
  id: string
  kind: 'episode' | 'memory'
  sealed: Buffer
}

/** Texts of one request to the embedder. */
const batch = 64
const mostCharacters = 8_000

/**
 * Makes the vectors that are missing, or were made by another model, and keeps them. What is deleted meanwhile gets none:
 * the insert asks whether its text is still there.
 * @returns how many were made
 */
export async function embedTexts(ctx: MemoryContext, key: PersonKey, personId: string, most = 1_000): Promise<number> {
  if (!ctx.config.embeds) return 0
  const models = await ctx.models()
  const { embeddingModel } = models
  if (embeddingModel === null) return 0
  let made = 0
  while (made < most) {
    const rows = await missing(ctx, personId, embeddingModel)
    if (rows.length === 0) return made
    const texts = rows.map(({ id, kind, sealed }) =>
      (kind === 'episode' ? key.open(sealed, textPlace(id)) : openBody(key, id, sealed).text).slice(0, mostCharacters),
    )
    const { vectors, model, dimensions } = await models.embed(texts.map(text => text || ' '))
    await keep(
      ctx,
      personId,
      rows.map(({ id, kind }, at) => ({ id, kind, model, dimensions, vector: toBytes(unit(vectors[at] ?? [])) })),
    )
    made += rows.length
    if (model !== embeddingModel) return made
  }
  return made
}

const missing = (ctx: MemoryContext, personId: string, model: string): Promise<Row[]> =>
  ctx.db.transaction(person(personId), async ({ sql: trx }) => {
    const { rows } = await sql<Row>`
      select e.message_id as id, 'episode' as kind, e.text as sealed from episodes e
        left join vectors v on v.person_id = e.person_id and v.id = e.message_id
        where e.person_id = ${personId}::uuid and e.words > 0 and (v.id is null or v.model <> ${model})
      union all
      select m.id, 'memory', m.body from memories m
        left join vectors v on v.person_id = m.person_id and v.id = m.id
        where m.person_id = ${personId}::uuid and (v.id is null or v.model <> ${model})
      limit ${batch}`.execute(trx)
    return rows
  })

interface Made {
  id: string
  kind: 'episode' | 'memory'
  model: string
  dimensions: number
  vector: Buffer
}

const keep = (ctx: MemoryContext, personId: string, made: readonly Made[]): Promise<void> =>
  ctx.db.transaction(person(personId), async ({ sql: trx }) => {
    for (const { id, kind, model, dimensions, vector } of made)
      await sql`
        insert into vectors (person_id, id, kind, model, dimensions, vector)
        select ${personId}::uuid, ${id}::uuid, ${kind}, ${model}, ${dimensions}, ${vector}
        where exists (select 1 from episodes where person_id = ${personId}::uuid and message_id = ${id}::uuid for key share)
          or exists (select 1 from memories where person_id = ${personId}::uuid and id = ${id}::uuid for key share)
        on conflict (person_id, id) do update
          set model = excluded.model, dimensions = excluded.dimensions, vector = excluded.vector`.execute(trx)
  })
