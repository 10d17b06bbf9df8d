/** A text's place in the space of an embedding model. */
export interface Point {
  readonly personId: string
  readonly id: string
  readonly kind: 'episode' | 'memory'
  readonly model: string
  readonly vector: readonly number[] | Float32Array
}

export interface VectorQuery {
  readonly personId: string
  readonly model: string
  readonly vector: readonly number[]
  readonly limit: number
}

export interface Hit {
  readonly id: string
  /** Cosine. */
  readonly score: number
}

/** Nearest neighbours among one person's vectors. Vectors of another model are never compared. */
export interface VectorStore {
  /** Puts points in; a point with the same id is replaced. */
  put(points: readonly Point[]): Promise<void>
  search(query: VectorQuery): Promise<Hit[]>
  remove(personId: string, ids: readonly string[]): Promise<void>
  removePerson(personId: string): Promise<void>
  count(personId: string): Promise<number>
}

/** A vector of length 1; a null vector stays what it is. */
export function unit(vector: readonly number[] | Float32Array): Float32Array {
  let sum = 0
  for (const each of vector) sum += each * each
  const length = Math.sqrt(sum) || 1
  return Float32Array.from(vector, each => each / length)
}
