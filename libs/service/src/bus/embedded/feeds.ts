import { checkAddress, checkPayload } from '../check-message.ts'
import { reasonOf } from '../reason.ts'
import type { BusLog, FeedAddress, FeedHandler, Subscription } from '../types.ts'
import { type KeepLimits, KeptFrames } from './kept-frames.ts'

const sweepMs = 60_000

export interface EmbeddedFeedsOptions {
  replayed: ReadonlySet<string>
  limits: KeepLimits
  now: () => number
  log: BusLog
}

/** Feeds within the process. What a handler emits is delivered after the frame that it is handling. */
export class EmbeddedFeeds {
  readonly #options: EmbeddedFeedsOptions
  readonly #kept: KeptFrames
  readonly #watchers = new Map<string, Set<FeedHandler>>()
  readonly #queue: { address: FeedAddress; data: string }[] = []
  readonly #sweeper: NodeJS.Timeout
  #delivering = false

  constructor(options: EmbeddedFeedsOptions) {
    this.#options = options
    this.#kept = new KeptFrames(options.limits, options.now)
    this.#sweeper = setInterval(() => this.#kept.sweep(), sweepMs)
    this.#sweeper.unref()
  }

  emit(address: FeedAddress, data: string): void {
    checkAddress(address)
    checkPayload(`A frame of ${address.name}`, data, {})
    if (this.#options.replayed.has(address.name)) this.#kept.add(subjectOf(address), data)
    this.#queue.push({ address, data })
    if (!this.#delivering) this.#deliver()
  }

  subscribe(address: FeedAddress, handler: FeedHandler): Subscription {
    checkAddress(address, true)
    const subject = subjectOf(address)
    const watchers = this.#watchers.get(subject) ?? new Set()
    this.#watchers.set(subject, watchers)
    // A function of its own, so that the same handler may watch twice.
    const watcher: FeedHandler = (data, key) => handler(data, key)
    watchers.add(watcher)
    return {
      stop: async () => {
        watchers.delete(watcher)
        if (watchers.size === 0 && this.#watchers.get(subject) === watchers) this.#watchers.delete(subject)
      },
    }
  }

  replay(address: FeedAddress): string[] {
    checkAddress(address)
    return this.#kept.of(subjectOf(address))
  }

  trim(address: FeedAddress): void {
    checkAddress(address)
    this.#kept.drop(subjectOf(address))
  }

  close(): void {
    clearInterval(this.#sweeper)
    this.#watchers.clear()
  }

  #deliver(): void {
    this.#delivering = true
    for (let next = this.#queue.shift(); next; next = this.#queue.shift()) {
      const { address, data } = next
      this.#give(this.#watchers.get(subjectOf(address)), address, data)
      this.#give(this.#watchers.get(`${address.name}.*`), address, data)
    }
    this.#delivering = false
  }

  #give(watchers: Iterable<FeedHandler> = [], address: FeedAddress, data: string): void {
    for (const watcher of watchers) {
      try {
        watcher(data, address.key)
      } catch (error) {
        this.#options.log.error({ feed: address.name, reason: reasonOf(error) }, 'bus: a watcher of a feed failed')
      }
    }
  }
}

const subjectOf = (address: FeedAddress): string => `${address.name}.${address.key}`
