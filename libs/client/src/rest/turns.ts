import { LunaError, type ServerFrame, type Turn, type TurnState } from '@luna/contracts'
import { readEvents } from '../http/events.ts'
import { unreachable } from '../http/problem.ts'
import type { Http } from '../http/request.ts'
import { isTurnEnd, parseFrame } from '../live/frames.ts'

const at = (id: string, rest = '') => `turns/${encodeURIComponent(id)}${rest}`

/** `turns/{id}`: its state, its frames as they come, stopping it. */
export function turns(http: Http, retryMs = 1_000) {
  return {
    turns: {
      get: (id: string) => http.json<Turn>('GET', at(id)),
      cancel: (id: string) => http.json<{ turnId: string; state: TurnState }>('POST', at(id, '/cancel'), { body: {} }),
      /**
       * The frames of a turn over server-sent events, to its end. A cut connection is taken up again behind the last
       * frame (`Last-Event-ID`), at most five times in a row without one new frame.
       */
      async *events(id: string, options: { after?: string; signal?: AbortSignal } = {}): AsyncGenerator<ServerFrame> {
        let last = options.after
        for (let failures = 0; ; ) {
          try {
            const response = await http.raw('GET', at(id, '/events'), {
              headers: { accept: 'text/event-stream', ...(last ? { 'last-event-id': last } : {}) },
              signal: options.signal,
              timeoutMs: null,
            })
            if (!response.body) return
            for await (const event of readEvents(response.body)) {
              if (event.id !== '') last = event.id
              const frame = parseFrame(event.data)
              if (!frame) continue
              failures = 0
              yield frame
              if (isTurnEnd(frame)) return
            }
          } catch (error) {
            options.signal?.throwIfAborted()
            const failure = unreachable(error, 'The server')
            if (!failure.retryable || failures >= 5) throw failure
          }
          if (++failures > 5) throw new LunaError('unavailable', 'The frames of the turn keep breaking off. Try again.')
          await new Promise(resolve => setTimeout(resolve, retryMs * failures))
        }
      },
    },
  }
}
