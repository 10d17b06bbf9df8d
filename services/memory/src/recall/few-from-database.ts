import { type PersonKey, person } from '@luna/service'
import { sql } from 'kysely'
import type { MemoryContext } from '../context.ts'
import { toDocument } from '../rank/document.ts'
import { PersonIndex } from '../rank/index-of-person.ts'
import type { Question } from '../rank/read-question.ts'
import { loadRows } from './load-changes.ts'

const mostCandidates = 200

/**
 * An index of the latest rows that have a word of the question, found by PostgreSQL: for the first question to a long
 * history, while the whole index is being built.
 */
export async function fewFromDatabase(
  ctx: MemoryContext,
  key: PersonKey,
  personId: string,
  question: Question,
): Promise<PersonIndex> {
  const index = new PersonIndex()
  const asked = question.words.map(({ plain }) => key.tsquery(plain)).filter(each => each !== null)
  if (asked.length === 0) return index
  const rows = await ctx.db.transaction(person(personId), async tx => {
    const lexemes = sql`${asked.join(' | ')}::tsquery`
    const { rows: found } = await sql<{ id: string; parent: string | null }>`
      (select message_id as id, parent_id as parent from episodes
        where person_id = ${personId}::uuid and active and lexemes @@ ${lexemes} order by seq desc limit ${mostCandidates})
      union all
      (select id, null from memories
        where person_id = ${personId}::uuid and lexemes @@ ${lexemes} order by seq desc limit ${mostCandidates})`.execute(
      tx.sql,
    )
    const ids = new Set(found.flatMap(({ id, parent }) => (parent === null ? [id] : [id, parent])))
    return loadRows(tx, key, personId, [...ids])
  })
  for (const { source } of rows) if (source) index.put(toDocument(source))
  return index
}
