import { cancelled, timedOut } from '../provider/fault.ts'
import type { Provider, StreamEnd, StreamHandle } from '../provider/provider.ts'
import type { ChatRequest } from '../request.ts'

export interface AttemptOptions {
  provider: Provider
  model: string
  request: ChatRequest
  idleMs: number
  /** Cancels, or ends the whole call; `reason` is the fault to tell. */
  signal: AbortSignal
  onText(text: string): void
  /** The first sign of life, before any text. */
  onAlive(): void
  /** Gives the means to slow the provider down. */
  onHandle(handle: StreamHandle): void
  /** True while the reader is behind: silence is then its own. */
  isPaused(): boolean
}

/** One try to stream from one provider, with the deadlines for the first token and between tokens. Rejects with a ProviderFault. */
export function streamAttempt(options: AttemptOptions): Promise<StreamEnd> {
  const { provider, signal, idleMs } = options
  return new Promise((resolve, reject) => {
    let isAlive = false
    let timer: NodeJS.Timeout
    let handle: StreamHandle | undefined

    const settle = (act: () => void) => {
      clearTimeout(timer)
      signal.removeEventListener('abort', onAbort)
      act()
    }
    const onAbort = () =>
      settle(() => {
        handle?.abort()
        reject(signal.reason instanceof Error ? signal.reason : cancelled())
      })
    const onSilence = () => {
      if (isAlive && options.isPaused()) {
        timer.refresh()
        return
      }
      settle(() => {
        handle?.abort()
        reject(
          isAlive
            ? timedOut('go on with its answer', idleMs, true)
            : timedOut('begin its answer', provider.firstTokenMs, false),
        )
      })
    }
    const onLife = () => {
      if (isAlive) {
        timer.refresh()
        return
      }
      isAlive = true
      clearTimeout(timer)
      timer = setTimeout(onSilence, idleMs)
      options.onAlive()
    }

    if (signal.aborted) {
      reject(signal.reason instanceof Error ? signal.reason : cancelled())
      return
    }
    signal.addEventListener('abort', onAbort, { once: true })
    timer = setTimeout(onSilence, provider.firstTokenMs)
    handle = provider.stream(options.request, options.model, {
      onText(text) {
        onLife()
        options.onText(text)
      },
      onProgress: onLife,
      onEnd: end => settle(() => resolve(end)),
      onFault: fault => settle(() => reject(fault)),
    })
    options.onHandle(handle)
  })
}
