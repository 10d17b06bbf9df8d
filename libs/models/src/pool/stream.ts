import type { FailedOver, ModelEvent, ModelRoute } from '../events.ts'
import { cancelled, ProviderFault } from '../provider/fault.ts'
import type { StreamEnd, StreamHandle } from '../provider/provider.ts'
import type { ChatRequest } from '../request.ts'
import { estimateUsage } from '../tokens/usage.ts'
import { callInTurn, type Try } from './call.ts'
import { EventQueue } from './event-queue.ts'
import type { Pool } from './pool.ts'
import { poolError } from './pool-error.ts'
import { streamAttempt } from './stream-attempt.ts'

export interface StreamOptions {
  /** Stops the answer: the connection is closed at once and the stream throws `cancelled`. */
  signal?: AbortSignal
  /** Told of every try as it begins, also of those that give no answer. */
  onRoute?(route: ModelRoute): void
  /** Deltas that wait while the reader is busy come joined; true unless given. The first delta never waits for another. */
  join?: boolean
}

/** Streams an answer from the pool. It begins when the iterator is taken; leaving the loop early closes the connection. */
export function streamFromPool(pool: Pool, request: ChatRequest, options: StreamOptions): AsyncIterable<ModelEvent> {
  return { [Symbol.asyncIterator]: () => new PooledStream(pool, request, options).queue }
}

class PooledStream {
  readonly queue: EventQueue
  readonly #pool: Pool
  readonly #request: ChatRequest
  readonly #options: StreamOptions
  readonly #leave = new AbortController()
  #handle: StreamHandle | undefined
  #isPaused = false
  /** The reason of the fault that made what was shown void; set only while something void was shown. */
  #lost: string | undefined
  #announced = false
  #text = ''

  constructor(pool: Pool, request: ChatRequest, options: StreamOptions) {
    this.#pool = pool
    this.#request = request
    this.#options = options
    this.queue = new EventQueue({
      join: options.join ?? true,
      onFull: () => this.#pause(true),
      onDrained: () => this.#pause(false),
      onReturn: () => this.#leave.abort(),
    })
    void this.#run()
  }

  async #run(): Promise<void> {
    const { signal } = this.#options
    const forward = () => this.#leave.abort()
    if (signal?.aborted) forward()
    signal?.addEventListener('abort', forward, { once: true })
    try {
      const { end, last } = await callInTurn(
        {
          members: this.#pool.order(),
          modelOf: provider => provider.chatModel(this.#request.use ?? 'chat'),
          limits: this.#pool.limits,
          elapsed: this.#pool.elapsed,
          signal: this.#leave.signal,
          onFault: (fault, route) => this.#onFault(fault, route),
        },
        next => this.#attempt(next),
      )
      if (end === 'cancelled') throw poolError(cancelled(), [])
      this.#finish(last, end)
    } catch (error) {
      if (this.#leave.signal.aborted) this.queue.clear()
      this.queue.fail(error)
    } finally {
      signal?.removeEventListener('abort', forward)
    }
  }

  async #attempt(next: Try): Promise<{ end: StreamEnd | 'cancelled'; last: Try }> {
    this.#options.onRoute?.(next.route)
    const span = this.#pool.telemetry.start('chat', next.route)
    let isAlive = false
    this.#text = ''
    try {
      const end = await streamAttempt({
        provider: next.provider,
        model: next.route.model,
        request: this.#request,
        idleMs: this.#pool.limits.idleMs,
        signal: next.signal,
        isPaused: () => this.#isPaused,
        onHandle: handle => {
          this.#handle = handle
          if (this.#isPaused) handle.pause()
        },
        onAlive: () => {
          isAlive = true
          span.firstToken()
        },
        onText: text => this.#show(text, next),
      })
      span.end({ usage: this.#usage(end), reason: end.reason })
      return { end, last: next }
    } catch (error) {
      const fault = error instanceof ProviderFault ? error : undefined
      span.end(fault ? { fault } : {})
      // A provider whose running answer is stopped is well: this must not count against it.
      if (isAlive && fault?.facts.kind === 'cancelled') return { end: 'cancelled', last: next }
      throw error
    } finally {
      this.#handle = undefined
    }
  }

  #show(text: string, next: Try): void {
    this.#announce(next.route, next.failedOver)
    this.#text += text
    this.queue.push({ type: 'delta', text })
  }

  /** Says who answers, once it is sure: with the first thing to show. */
  #announce(route: ModelRoute, failedOver: readonly FailedOver[]): void {
    if (this.#announced) return
    this.#announced = true
    if (this.#lost === undefined) this.queue.push({ type: 'route', ...route, failedOver })
    else this.queue.push({ type: 'restart', reason: this.#lost, route, failedOver })
  }

  #finish(next: Try, end: StreamEnd): void {
    const { route, failedOver } = next
    this.#announce(route, failedOver)
    for (const call of end.toolCalls) this.queue.push(call)
    this.queue.push({ type: 'usage', usage: this.#usage(end) })
    this.queue.push({ type: 'finish', reason: end.reason, ...(end.cut ? { cut: end.cut } : {}), route, failedOver })
    this.queue.end()
  }

  #usage(end: StreamEnd) {
    return end.usage ?? estimateUsage(this.#request, this.#text, end.toolCalls)
  }

  #onFault(fault: ProviderFault, route: ModelRoute): void {
    if (this.#announced) this.#lost = `${route.provider}: ${fault.facts.reason}`
    this.#announced = false
    if (fault.facts.kind === 'cancelled') return
    this.#pool.log.warn(
      { ...route, kind: fault.facts.kind, status: fault.facts.status, reason: fault.facts.reason },
      'model request failed',
    )
  }

  #pause(paused: boolean): void {
    this.#isPaused = paused
    if (paused) this.#handle?.pause()
    else this.#handle?.resume()
  }
}
