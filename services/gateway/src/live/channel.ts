import type { CallOutput, chat, Position } from '@luna/contracts'
import { type LiveFrame, readFrame } from './frame.ts'
import { compare } from './order.ts'
import { Watcher, type WatcherOptions } from './watcher.ts'

/** What a channel needs of the world outside. */
export interface ChannelSource {
  /** Rejects with `not-found` when the conversation is not this person's. */
  snapshot(conversationId: string, personId: string): Promise<CallOutput<typeof chat.calls.snapshot>>
  /** The kept frames as JSON text. */
  replay(conversationId: string): Promise<string[]>
  /** Asks the holder to publish where the running turn stands. */
  askCheckpoint(conversationId: string, personId: string): Promise<unknown>
}

/** Frames that are kept for watchers who are joining; lost ones are found missing and replayed. */
const recentMax = 10_000

/** The frames of one conversation in this process: one subscription on the bus, shared by all who watch. */
export class Channel {
  readonly conversationId: string
  readonly source: ChannelSource
  readonly #watchers = new Set<Watcher>()
  #recent: LiveFrame[] = []
  #joining = 0
  #newest: Position | null = null
  #checkpoint: { seen: Promise<void>; tell: () => void } | null = null

  constructor(conversationId: string, source: ChannelSource) {
    this.conversationId = conversationId
    this.source = source
  }

  /** The subscription must stand before anybody watches. */
  watch(options: WatcherOptions): Watcher {
    const watcher = new Watcher(this, options)
    this.#watchers.add(watcher)
    watcher.start()
    return watcher
  }

  receive(text: string): void {
    const frame = readFrame(this.conversationId, text)
    if (!frame) return
    const fresh = !this.#newest || compare(frame.position, this.#newest) > 0
    if (fresh) this.#newest = frame.position
    for (const watcher of this.#watchers) watcher.receive(frame, fresh)
    if (this.#joining > 0) {
      this.#recent.push(frame)
      if (this.#recent.length > recentMax) this.#recent.splice(0, recentMax / 2)
    }
    if (frame.body.type === 'checkpoint') this.#checkpoint?.tell()
  }

  typing(userId: string, sessionId: string): void {
    for (const watcher of this.#watchers) watcher.typing(userId, sessionId)
  }

  /** Makes every watcher prove that it has missed nothing: the connection to the bus was lost for a while. */
  check(): void {
    for (const watcher of this.#watchers) watcher.check()
  }

  leave(watcher: Watcher): void {
    this.#watchers.delete(watcher)
  }

  /** From here on frames are kept for somebody who is joining. */
  beginJoin(): void {
    this.#joining += 1
  }

  endJoin(): void {
    this.#joining -= 1
    if (this.#joining === 0) this.#recent = []
  }

  /** All frames that can be had, in the order of their coming: what is kept now, and what has come by the time of asking. */
  async known(): Promise<{ kept: LiveFrame[]; arrived(): LiveFrame[] }> {
    const texts = await this.source.replay(this.conversationId)
    const kept = texts.flatMap(text => readFrame(this.conversationId, text) ?? [])
    return { kept, arrived: () => [...kept, ...this.#recent] }
  }

  /** Resolves when the next checkpoint has come. */
  nextCheckpoint(): Promise<void> {
    if (!this.#checkpoint) {
      let tell = () => {}
      const seen = new Promise<void>(resolve => {
        tell = () => {
          this.#checkpoint = null
          resolve()
        }
      })
      this.#checkpoint = { seen, tell }
    }
    return this.#checkpoint.seen
  }
}
