import type { ClientFrame, ServerFrame } from '@luna/contracts'
import { isTurnEnd, positionOf } from './frames.ts'

interface Watch {
  cursor: string | null
  watchers: number
  /** Turns of this connection's own sends that have not ended: they keep an otherwise unwatched conversation. */
  turns: Set<string>
  /** Made by one of those sends: all there is to see comes by itself, and no snapshot is needed. */
  whole: boolean
}

/** What the connection watches and up to where it has seen it; survives every socket. */
export class Subscriptions {
  readonly #watches = new Map<string, Watch>()

  /** One more watcher; the frame to send when it is the first and has something to catch up with. */
  add(conversationId: string): ClientFrame | null {
    const watch = this.#watch(conversationId)
    watch.watchers++
    return watch.watchers === 1 && !watch.whole ? { type: 'subscribe', conversationId } : null
  }

  has(conversationId: string): boolean {
    return this.#watches.has(conversationId)
  }

  /** One watcher less; the frame to send when it was the last. */
  release(conversationId: string): ClientFrame | null {
    const watch = this.#watches.get(conversationId)
    if (!watch) return null
    watch.watchers = Math.max(0, watch.watchers - 1)
    return this.#dropIfIdle(conversationId)
  }

  /** The server subscribed this connection for a send of its own; `made` when that made the conversation. */
  adopt(conversationId: string, turnId: string, made: boolean): void {
    const watch = this.#watch(conversationId)
    watch.turns.add(turnId)
    watch.whole ||= made
  }

  /** Moves the cursor; the frame to send when nothing is left to watch in this conversation. */
  note(frame: ServerFrame): ClientFrame | null {
    const position = positionOf(frame)
    const watch = position && this.#watches.get(position.conversationId)
    if (!watch) return null
    watch.cursor = position.cursor
    if (!isTurnEnd(frame) || !watch.turns.delete(frame.turnId)) return null
    return this.#dropIfIdle(position.conversationId)
  }

  hasCursor(conversationId: string): boolean {
    return this.#watches.get(conversationId)?.cursor != null
  }

  /** Starts over: the next subscribe asks for a snapshot. */
  forgetCursor(conversationId: string): void {
    const watch = this.#watches.get(conversationId)
    if (!watch) return
    watch.cursor = null
    watch.whole = false
  }

  /** The server refused: not there, or not this person's. */
  drop(conversationId: string): boolean {
    return this.#watches.delete(conversationId)
  }

  /** The frames that resume everything on a new socket. */
  resume(): ClientFrame[] {
    return [...this.#watches].map(([conversationId, { cursor }]) =>
      cursor === null ? { type: 'subscribe', conversationId } : { type: 'subscribe', conversationId, after: cursor },
    )
  }

  clear(): void {
    this.#watches.clear()
  }

  #watch(conversationId: string): Watch {
    const watch = this.#watches.get(conversationId) ?? { cursor: null, watchers: 0, turns: new Set(), whole: false }
    this.#watches.set(conversationId, watch)
    return watch
  }

  #dropIfIdle(conversationId: string): ClientFrame | null {
    const watch = this.#watches.get(conversationId)
    if (!watch || watch.watchers > 0 || watch.turns.size > 0) return null
    this.#watches.delete(conversationId)
    return { type: 'unsubscribe', conversationId }
  }
}
