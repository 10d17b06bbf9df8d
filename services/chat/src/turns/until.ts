import { setTimeout as delay } from 'node:timers/promises'
import { LunaError } from '@luna/contracts'

const firstPauseMs = 100
const longestPauseMs = 5_000

/** Tries again, with growing pauses, for as long as what it needs is only away (`unavailable` or `timeout`). */
export async function until<T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
  for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(pauseMs * 2, longestPauseMs)) {
    try {
      return await work()
    } catch (error) {
      const away = error instanceof LunaError && (error.code === 'unavailable' || error.code === 'timeout')
      if (!away) throw error
      await delay(pauseMs, undefined, signal ? { signal } : {})
    }
  }
}
