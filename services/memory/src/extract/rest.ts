/** A pause that can be cut short. */
export interface Rest {
  for(ms: number): Promise<void>
  wake(): void
}

export function createRest(): Rest {
  const waiting = new Set<() => void>()
  return {
    for: ms =>
      new Promise(resolve => {
        const end = () => {
          clearTimeout(timer)
          waiting.delete(end)
          resolve()
        }
        const timer = setTimeout(end, ms)
        waiting.add(end)
      }),
    wake() {
      for (const end of Array.from(waiting)) end()
    },
  }
}
