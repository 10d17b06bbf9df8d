import { type CallInput, type CallOutput, LunaError, type memory } from '@luna/contracts'
import { type CallRequest, isUuid, requireSystem, system } from '@luna/service'
import { sql } from 'kysely'
import { keyOf, type MemoryContext } from '../context.ts'
import { embedTexts } from '../vectors/embed-texts.ts'

type Definition = typeof memory.calls.reindex

const defaultPeople = 5
const mostTexts = 5_000

/**
 * Makes the vectors of the next people anew where they are missing or of another model, and has the store told of all of
 * them. The cursor is the last person.
 */
export async function reindex(
  { cursor, limit = defaultPeople }: CallInput<Definition>,
  ctx: MemoryContext,
  { scope }: CallRequest,
): Promise<CallOutput<Definition>> {
  requireSystem(scope)
  if (cursor !== undefined && !isUuid(cursor))
    throw new LunaError('invalid', 'The cursor is not one of memory’s: pass nextCursor of the page before, unchanged.')
  const { embeddingModel } = await ctx.models()
  const { people, total } = await ctx.db.transaction(system, async ({ sql: trx }) => {
    const { rows } = await sql<{ person_id: string }>`
      select person_id from persons where ${cursor ?? null}::uuid is null or person_id > ${cursor ?? null}::uuid
      order by person_id limit ${limit}`.execute(trx)
    const { rows: counted } = await sql<{ count: number }>`select count(*)::int as count from persons`.execute(trx)
    return { people: rows.map(row => row.person_id), total: counted[0]?.count ?? 0 }
  })
  if (embeddingModel !== null)
    for (const personId of people) {
      const key = await keyOf(ctx, personId)
      if (!key) continue
      while ((await embedTexts(ctx, key, personId, mostTexts)) >= mostTexts) ctx.log.debug({ personId }, 'reindexing')
      await ctx.vectors.dropped(personId)
      if (ctx.vectors.projected)
        await ctx.db.transaction(system, ({ sql: trx }) =>
          sql`insert into projection_jobs (person_id, id, removed)
            select person_id, id, false from vectors where person_id = ${personId}::uuid`.execute(trx),
        )
    }
  ctx.rest.wake()
  return {
    done: people.length,
    total,
    nextCursor: people.length === limit ? (people.at(-1) ?? null) : null,
    model: embeddingModel,
  }
}
