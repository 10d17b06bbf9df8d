import { LunaError } from '@luna/contracts'
import type { QdrantClient } from '@qdrant/js-client-rest'
import { type Point, unit, type VectorStore } from './port.ts'

export interface QdrantOptions {
  url: string
  collection: string
  /** Milliseconds that a request may take. */
  timeoutMs: number
}

/** Points of one request. */
const batch = 256

/**
 * One collection for each length of vector, all people in it: `person` is Qdrant's tenant key, and no request goes without
 * a filter on it. Holds vectors and ids, no text.
 */
export function createQdrantVectors({ url, collection, timeoutMs }: QdrantOptions): VectorStore {
  let opened: Promise<QdrantClient> | undefined
  const ready = new Map<string, Promise<void>>()
  const client = (): Promise<QdrantClient> => {
    opened ??= import('@qdrant/js-client-rest').then(
      ({ QdrantClient: Client }) => new Client({ url, timeout: timeoutMs, checkCompatibility: false }),
    )
    return opened
  }
  const nameOf = (size: number): string => `${collection}-${size}`
  const mine = (personId: string) => ({ key: 'person', match: { value: personId } })

  async function asking<T>(work: (qdrant: QdrantClient) => Promise<T>): Promise<T> {
    try {
      return await work(await client())
    } catch (error) {
      throw new LunaError('unavailable', 'Qdrant does not answer right now; recall goes on without vectors.', {
        cause: error,
      })
    }
  }

  const collections = async (qdrant: QdrantClient): Promise<string[]> =>
    (await qdrant.getCollections()).collections
      .map(({ name }) => name)
      .filter(name => new RegExp(`^${collection}-\\d+$`).test(name))

  function prepare(qdrant: QdrantClient, size: number): Promise<void> {
    const name = nameOf(size)
    const known = ready.get(name)
    if (known) return known
    const making = (async () => {
      if (!(await qdrant.collectionExists(name)).exists) {
        await qdrant.createCollection(name, {
          vectors: { size, distance: 'Cosine' },
          // Each tenant has a graph of its own; one over all would never be searched.
          hnsw_config: { m: 0, payload_m: 16 },
        })
        await qdrant.createPayloadIndex(name, {
          field_name: 'person',
          field_schema: { type: 'keyword', is_tenant: true },
          wait: true,
        })
        await qdrant.createPayloadIndex(name, { field_name: 'model', field_schema: 'keyword', wait: true })
      }
    })()
    ready.set(name, making)
    making.catch(() => ready.delete(name))
    return making
  }

  return {
    put: points =>
      asking(async qdrant => {
        for (const [size, same] of bySize(points)) {
          await prepare(qdrant, size)
          for (let from = 0; from < same.length; from += batch)
            await qdrant.upsert(nameOf(size), {
              wait: true,
              points: same.slice(from, from + batch).map(({ personId, id, kind, model, vector }) => ({
                id,
                vector: [...unit(vector)],
                payload: { person: personId, kind, model },
              })),
            })
        }
      }),
    search: ({ personId, model, vector, limit }) =>
      asking(async qdrant => {
        await prepare(qdrant, vector.length)
        const { points } = await qdrant.query(nameOf(vector.length), {
          query: [...vector],
          limit,
          filter: { must: [mine(personId), { key: 'model', match: { value: model } }] },
          params: { exact: false },
        })
        return points.map(({ id, score }) => ({ id: String(id), score }))
      }),
    remove: (personId, ids) =>
      asking(async qdrant => {
        for (const name of await collections(qdrant))
          await qdrant.delete(name, { wait: true, filter: { must: [mine(personId), { has_id: [...ids] }] } })
      }),
    removePerson: personId =>
      asking(async qdrant => {
        for (const name of await collections(qdrant))
          await qdrant.delete(name, { wait: true, filter: { must: [mine(personId)] } })
      }),
    count: personId =>
      asking(async qdrant => {
        let sum = 0
        for (const name of await collections(qdrant))
          sum += (await qdrant.count(name, { filter: { must: [mine(personId)] }, exact: true })).count
        return sum
      }),
  }
}

function bySize(points: readonly Point[]): Map<number, Point[]> {
  const sizes = new Map<number, Point[]>()
  for (const point of points) sizes.set(point.vector.length, [...(sizes.get(point.vector.length) ?? []), point])
  return sizes
}
