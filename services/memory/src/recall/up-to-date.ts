import { setTimeout as after } from 'node:timers/promises'
import type { PersonKey } from '@luna/service'
import type { MemoryContext } from '../context.ts'
import type { PersonIndex } from '../rank/index-of-person.ts'
import type { Question } from '../rank/read-question.ts'
import { fewFromDatabase } from './few-from-database.ts'

/** Milliseconds that a recall waits for an index that is being built; then it does with what PostgreSQL finds. */
const patienceMs = 250

/** The index of a person: the one in memory, else a new one, else a small one of what has the words of the question. */
export async function upToDate(
  ctx: MemoryContext,
  key: PersonKey,
  personId: string,
  question: Question,
): Promise<PersonIndex> {
  const held = ctx.indexes.held(personId)
  if (held) return held.index
  const building = ctx.indexes.build(personId, key)
  building.catch((error: unknown) => ctx.log.warn({ err: error }, 'an index of memories could not be built'))
  const stop = new AbortController()
  const late = after(patienceMs, null, { signal: stop.signal }).catch(() => null)
  const built = await Promise.race([building, late])
  stop.abort()
  return built ? built.index : fewFromDatabase(ctx, key, personId, question)
}
