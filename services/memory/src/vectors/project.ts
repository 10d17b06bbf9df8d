import { sql } from 'kysely'
import type { MemoryContext } from '../context.ts'
import { loadVectors } from './vectors.ts'

interface Job {
  seq: number
  person_id: string
  id: string | null
  removed: boolean
}

const batch = 500

/**
 * Tells the vector store of what has changed, in order. A job goes once the store has taken it; what is not taken is tried
 * again, and doing it twice does no harm.
 * @returns whether there may be more
 */
export async function project(ctx: MemoryContext): Promise<boolean> {
  const { store } = ctx.vectors
  return ctx.store.work.transaction().execute(async trx => {
    const { rows: jobs } = await sql<Job>`
      select seq, person_id, id, removed from projection_jobs where due_at <= now()
      order by seq limit ${batch} for update skip locked`.execute(trx)
    if (jobs.length === 0) return false
    for (const personId of new Set(jobs.map(job => job.person_id))) {
      const own = jobs.filter(job => job.person_id === personId)
      if (own.some(job => job.id === null)) {
        await store.removePerson(personId)
        continue
      }
      const ids = new Set(own.flatMap(({ id }) => (id === null ? [] : [id])))
      const points = await loadVectors(ctx, personId, [...ids])
      const there = new Set(points.map(({ id }) => id))
      const gone = [...ids].filter(id => !there.has(id))
      if (gone.length > 0) await store.remove(personId, gone)
      if (points.length > 0) await store.put(points)
    }
    await trx
      .deleteFrom('projection_jobs')
      .where(
        'seq',
        'in',
        jobs.map(({ seq }) => seq),
      )
      .execute()
    return jobs.length === batch
  })
}

/** Has everything of a person taken out of the store; to be called in the transaction that takes it out of the tables. */
export const removePersonJob = (personId: string) =>
  sql`insert into projection_jobs (person_id, id, removed) values (${personId}::uuid, null, true)`
