import { type CallInput, type CallOutput, LunaError, type memory } from '@luna/contracts'
import { type CallRequest, person, personOf } from '@luna/service'
import type { MemoryContext } from '../context.ts'
import { draftOf } from '../extract/operation.ts'
import { rowOf } from './find.ts'
import { fingerprint } from './fingerprint.ts'
import { toItem } from './row.ts'
import { insertMemory } from './write.ts'

type Definition = typeof memory.calls.addMemory

/** Memories of one person; beyond it nobody finds anything, and old ones have to be forgotten first. */
const mostMemories = 100_000

/** Writes down what the person wants to be known. The same id again gives the memory that it made. */
export async function addMemory(
  { id, ...input }: CallInput<Definition>,
  ctx: MemoryContext,
  { scope }: CallRequest,
): Promise<CallOutput<Definition>> {
  const personId = personOf(scope)
  const key = await ctx.keys.of(personId)
  const row = await ctx.db.transaction(person(personId), async tx => {
    const { count } = await tx.sql
      .selectFrom('memories')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .where('person_id', '=', personId)
      .executeTakeFirstOrThrow()
    if (count >= mostMemories)
      throw new LunaError('too-large', `A person can have ${mostMemories} memories at most: forget some first.`)
    const written = await insertMemory(tx, key, personId, {
      id,
      characterId: input.characterId ?? null,
      origin: 'person',
      extractor: 'person',
      observedAt: ctx.clock.now(),
      pinned: input.pinned ?? false,
      draft: draftOf({
        text: input.text.trim(),
        kind: input.kind ?? 'fact',
        subject: input.subject ?? 'user',
        importance: input.importance ?? 3,
        valence: input.valence ?? 0,
        confidence: 1,
        tags: input.tags ?? [],
        validFrom: input.validFrom === undefined ? null : new Date(input.validFrom),
        validTo: input.validTo === undefined ? null : new Date(input.validTo),
      }),
    })
    // Whoever writes it down by hand wants it known, even if it was forgotten before.
    await tx.sql
      .deleteFrom('unlearned')
      .where('person_id', '=', personId)
      .where('content_hash', '=', fingerprint(key, input.text.trim()))
      .execute()
    if (written) tx.afterCommit(() => ctx.emitChanged(personId, id, 1))
    return rowOf(tx, personId, id)
  })
  return toItem(row, key)
}
