import { LRUCache } from 'lru-cache'
import { type Hit, type Point, unit, type VectorStore } from './port.ts'

/** A person's vectors in memory, 8 bits a number: a quarter of the room, and the order hardly changes. */
interface Held {
  readonly places: Map<string, { model: string; scale: number; bytes: Int8Array }>
}

export interface ExactOptions {
  /** All vectors of a person, from where they are kept. */
  load(personId: string): Promise<Point[]>
  /** Bytes of all persons together. */
  maxBytes?: number
  /** Milliseconds after which a person's vectors are read again: another process may have written. */
  ttlMs?: number
}

/** Compares with every vector of the person: exact, without a server, quick enough for what one person says in years. */
export function createExactVectors({ load, maxBytes = 256e6, ttlMs = 60_000 }: ExactOptions): VectorStore {
  const held = new LRUCache<string, Held>({
    maxSize: maxBytes,
    ttl: ttlMs,
    sizeCalculation: ({ places }) => 1_000 + places.size * ((places.values().next().value?.bytes.length ?? 0) + 100),
  })
  const loading = new Map<string, Promise<Held>>()

  async function of(personId: string): Promise<Held> {
    const known = held.get(personId)
    if (known) return known
    const running = loading.get(personId)
    if (running) return running
    const reading = load(personId)
      .then(points => {
        const fresh: Held = { places: new Map() }
        for (const point of points) place(fresh, point)
        held.set(personId, fresh)
        return fresh
      })
      .finally(() => loading.delete(personId))
    loading.set(personId, reading)
    return reading
  }

  return {
    async put(points) {
      for (const personId of new Set(points.map(point => point.personId))) {
        const at = await of(personId)
        for (const point of points) if (point.personId === personId) place(at, point)
        held.set(personId, at)
      }
    },
    async search({ personId, model, vector, limit }) {
      const { places } = await of(personId)
      const asked = unit(vector)
      const hits: Hit[] = []
      for (const [id, each] of places) {
        if (each.model !== model || each.bytes.length !== asked.length) continue
        let sum = 0
        for (let i = 0; i < asked.length; i += 1) sum += (asked[i] ?? 0) * (each.bytes[i] ?? 0)
        hits.push({ id, score: sum * each.scale })
      }
      return hits.toSorted((one, other) => other.score - one.score).slice(0, limit)
    },
    async remove(personId, ids) {
      const { places } = await of(personId)
      for (const id of ids) places.delete(id)
    },
    async removePerson(personId) {
      held.set(personId, { places: new Map() })
    },
    count: async personId => (await of(personId)).places.size,
  }
}

function place({ places }: Held, { id, model, vector }: Point): void {
  const even = unit(vector)
  const most = even.reduce((max, each) => Math.max(max, Math.abs(each)), 0) || 1
  const scale = most / 127
  places.set(id, { model, scale, bytes: Int8Array.from(even, each => Math.round(each / scale)) })
}
