import type { Hub, Watching, WatchRequest } from '../live/hub.ts'

interface Entry {
  watching: Watching | null
  stopped: boolean
}

/** The conversations that one socket watches. */
export class Subscriptions {
  readonly #entries = new Map<string, Entry>()
  readonly #hub: Hub

  constructor(hub: Hub) {
    this.#hub = hub
  }

  get size(): number {
    return this.#entries.size
  }

  has(conversationId: string): boolean {
    return this.#entries.has(conversationId)
  }

  /** Whether frames of it are under way to the socket: only then it is certain that this person may see it. */
  isLive(conversationId: string): boolean {
    return this.#entries.get(conversationId)?.watching?.live ?? false
  }

  /** A snapshot that is still to come will know what is true by now. */
  refresh(conversationId: string): void {
    this.#entries.get(conversationId)?.watching?.refresh()
  }

  /** Watches from here on, in place of an earlier watch of the same conversation. */
  async watch(request: WatchRequest): Promise<void> {
    const { conversationId } = request
    this.drop(conversationId)
    const entry: Entry = { watching: null, stopped: false }
    this.#entries.set(conversationId, entry)
    try {
      entry.watching = await this.#hub.watchConversation(request)
      if (entry.stopped) entry.watching.stop()
    } catch (error) {
      if (this.#entries.get(conversationId) === entry) this.#entries.delete(conversationId)
      if (!entry.stopped) throw error
    }
  }

  drop(conversationId: string): void {
    const entry = this.#entries.get(conversationId)
    this.#entries.delete(conversationId)
    if (!entry) return
    entry.stopped = true
    entry.watching?.stop()
  }

  clear(): void {
    for (const conversationId of this.#entries.keys()) this.drop(conversationId)
  }
}
