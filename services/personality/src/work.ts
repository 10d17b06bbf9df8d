/** Work that goes on behind a call's answer, and ends with the process. */
export interface Work {
  start(task: (signal: AbortSignal) => Promise<void>): void
  /** Tells all of it to end, and waits. */
  stop(): Promise<void>
}

export function createWork(): Work {
  const stopping = new AbortController()
  const tasks = new Set<Promise<void>>()
  return {
    start(task) {
      const running = task(stopping.signal).finally(() => tasks.delete(running))
      tasks.add(running)
    },
    async stop() {
      stopping.abort()
      await Promise.allSettled(tasks)
    },
  }
}
