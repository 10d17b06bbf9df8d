/** Runs work after all earlier work of the same key in this process, whether that succeeded or not. */
export type InTurn = <T>(key: string, work: () => Promise<T>) => Promise<T>

export function createInTurn(): InTurn {
  const ends = new Map<string, Promise<unknown>>()
  return async (key, work) => {
    const mine = (ends.get(key) ?? Promise.resolve()).then(work)
    const end = mine.catch(() => {})
    ends.set(key, end)
    try {
      return await mine
    } finally {
      if (ends.get(key) === end) ends.delete(key)
    }
  }
}
