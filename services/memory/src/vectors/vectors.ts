import { person } from '@luna/service'
import { sql } from 'kysely'
import type { MemoryContext } from '../context.ts'
import { createExactVectors } from './exact.ts'
import type { Point, VectorStore } from './port.ts'
import { createQdrantVectors } from './qdrant.ts'

export interface Near {
  near: ReadonlyMap<string, number>
  /** `vectors` when an embedder is set and could not be asked. */
  degraded: string[]
}

/** Meaning beside words, where an embedder is set. */
export interface Vectors {
  readonly store: VectorStore
  /** True where the store is a projection that has to be told of every change. */
  readonly projected: boolean
  /** What of a person is near in meaning; empty without an embedder, and said where it failed. */
  near(personId: string, text: string): Promise<Near>
  /** Lets go of what is held in memory of a person. */
  dropped(personId: string): Promise<void>
}

/** Milliseconds that a recall waits for embedder and store together. */
const patienceMs = 350
const mostNear = 60
/** Characters of a question that are embedded. */
const mostCharacters = 4_000

const nothing: Near = { near: new Map(), degraded: [] }

type Needs = Pick<MemoryContext, 'db' | 'config' | 'models' | 'log'>

export function createVectors(getContext: () => Needs, qdrantUrl: string | undefined): Vectors {
  const store = qdrantUrl
    ? createQdrantVectors({ url: qdrantUrl, collection: 'luna-memory', timeoutMs: 5_000 })
    : createExactVectors({ load: personId => loadVectors(getContext(), personId) })
  return {
    store,
    projected: qdrantUrl !== undefined,
    dropped: async personId => {
      if (!qdrantUrl) await store.removePerson(personId)
    },
    async near(personId, text) {
      const { config, models, log } = getContext()
      if (!config.embeds || text.trim() === '') return nothing
      try {
        const { embed } = await models()
        const signal = AbortSignal.timeout(patienceMs)
        const { vectors, model } = await embed([text.slice(0, mostCharacters)], { signal })
        const [vector] = vectors
        if (!vector) return nothing
        const hits = await within(store.search({ personId, model, vector, limit: mostNear }), signal)
        return { near: new Map(hits.map(({ id, score }) => [id, score])), degraded: [] }
      } catch (error) {
        log.info({ reason: (error as Error).message }, 'recall goes on without vectors')
        return { near: new Map(), degraded: ['vectors'] }
      }
    },
  }
}

const within = <T>(work: Promise<T>, signal: AbortSignal): Promise<T> =>
  new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true })
    work.then(resolve, reject)
  })

/** The vectors of a person as they are kept: all, or those of these texts. An erased person has none. */
export async function loadVectors(
  { db }: Pick<MemoryContext, 'db'>,
  personId: string,
  ids?: readonly string[],
): Promise<Point[]> {
  const rows = await db.transaction(person(personId), ({ sql: trx }) => {
    const all = trx.selectFrom('vectors').selectAll().where('person_id', '=', personId)
    return (ids ? all.where(sql<boolean>`id = any(${[...ids]}::uuid[])`) : all).execute()
  })
  return rows.map(({ id, kind, model, vector }) => ({ personId, id, kind, model, vector: fromBytes(vector) }))
}

export const toBytes = (vector: Float32Array): Buffer =>
  Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength)

export const fromBytes = (bytes: Buffer): Float32Array =>
  new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength))
