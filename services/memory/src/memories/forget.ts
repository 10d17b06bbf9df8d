import type { CallInput, CallOutput, memory } from '@luna/contracts'
import { type CallRequest, person, personOf } from '@luna/service'
import { sql } from 'kysely'
import type { MemoryContext } from '../context.ts'
import { openBody } from './body.ts'
import { requireVersion } from './edit.ts'
import { rowOf } from './find.ts'
import { withhold } from './write.ts'

type Definition = typeof memory.calls.forgetMemory

/**
 * Forgets a memory with its versions and what it had replaced, and no longer recalls the sentences behind it. Its
 * fingerprint stays, so that the same words teach it no second time.
 */
export async function forgetMemory(
  { id, ifVersion }: CallInput<Definition>,
  ctx: MemoryContext,
  { scope }: CallRequest,
): Promise<CallOutput<Definition>> {
  const personId = personOf(scope)
  const key = await ctx.keys.of(personId)
  return ctx.db.transaction(person(personId), async tx => {
    const row = await rowOf(tx, personId, id)
    requireVersion(row, ifVersion)
    const { rows: chain } = await sql<{ id: string; body: Buffer; content_hash: string }>`
      with recursive chain as (
        select id, body, content_hash from memories where person_id = ${personId}::uuid and id = ${id}::uuid
        union
        select m.id, m.body, m.content_hash from memories m join chain c on m.superseded_by = c.id
          where m.person_id = ${personId}::uuid)
      select * from chain`.execute(tx.sql)
    let withheld = 0
    for (const each of chain)
      withheld += await withhold(tx, key, personId, {
        memoryId: each.id,
        because: null,
        oldText: openBody(key, each.id, each.body).text,
        newText: '',
      })
    await tx.sql
      .insertInto('unlearned')
      .values(chain.map(each => ({ person_id: personId, content_hash: each.content_hash })))
      .onConflict(conflict => conflict.columns(['person_id', 'content_hash']).doNothing())
      .execute()
    const ids = chain.map(each => each.id)
    const { rows: versions } = await sql<{ count: number }>`
      select count(*)::int as count from memory_versions where person_id = ${personId}::uuid and memory_id = any(${ids}::uuid[])`.execute(
      tx.sql,
    )
    await sql`delete from memories where person_id = ${personId}::uuid and id = any(${ids}::uuid[])`.execute(tx.sql)
    await sql`delete from summaries where person_id = ${personId}::uuid and conversation_id in (
      select conversation_id from episodes where person_id = ${personId}::uuid
        and message_id = any(${row.sources ?? []}::uuid[]))`.execute(tx.sql)
    tx.afterCommit(() => ctx.emitChanged(personId, id, row.version + 1))
    return { forgotten: { memories: ids.length, versions: versions[0]?.count ?? 0, sentences: withheld } }
  })
}
