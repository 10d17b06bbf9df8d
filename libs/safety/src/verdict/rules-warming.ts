import { setImmediate as pause } from 'node:timers/promises'
import { warmUp } from './evaluate-local.ts'

/** Running work of each service that judges texts: builds the rules beside the start and the first requests. */
export const rulesWarming = {
  name: 'the building of the safety rules',
  async start() {
    const stopping = new AbortController()
    const warming = warmUp(() => pause(undefined, { signal: stopping.signal })).catch((error: unknown) => {
      if (!stopping.signal.aborted) throw error
    })
    return {
      async stop() {
        stopping.abort()
        await warming
      },
    }
  },
}
