import type { Message, ServerFrame, Turn } from '@luna/contracts'
import type { Connection } from '../live/connection.ts'
import type { Accepted } from '../live/deliveries.ts'
import type { PendingSend } from '../live/outbox.ts'
import type { Page } from '../rest/page.ts'
import { reduceConversation } from './reduce.ts'
import { untold } from './settle-turn.ts'
import { type ConversationState, emptyConversation, type LocalFrame } from './state.ts'
import { olderThan } from './visible.ts'

export interface StoreDeps {
  connection: Connection
  messages(conversationId: string, query: { leaf?: string; limit?: number; cursor?: string }): Promise<Page<Message>>
  activeLeaf(conversationId: string): Promise<string | null>
  turn(turnId: string): Promise<Turn>
}

const olderPage = 100
const settleMs = 150

/** A watched conversation as a value that changes: `state` now, `onChange` for the next one. */
export class ConversationStore {
  readonly #deps: StoreDeps
  readonly #listeners = new Set<() => void>()
  readonly #release: (() => void)[]
  readonly conversationId: string
  #state: ConversationState
  #check: ReturnType<typeof setTimeout> | undefined
  #older: Promise<void> | null = null

  constructor(conversationId: string, deps: StoreDeps) {
    this.conversationId = conversationId
    this.#deps = deps
    this.#state = emptyConversation(conversationId)
    const { connection } = deps
    this.#release = [
      connection.on('accepted', ({ send, frame }) => {
        this.sent(send, frame)
      }),
      connection.on('frame', frame => this.#take(frame)),
      connection.subscribe(conversationId),
    ]
  }

  get state(): ConversationState {
    return this.#state
  }

  /** Older messages exist that are not loaded. */
  get hasOlder(): boolean {
    return olderThan(this.#state) !== null
  }

  readonly onChange = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  fold(frame: ServerFrame | LocalFrame): void {
    const next = reduceConversation(this.#state, frame)
    if (next === this.#state) return
    this.#state = next
    for (const listener of this.#listeners) listener()
  }

  /** Shows one's own accepted message; done by itself for all that are accepted while this store is there. */
  sent(send: PendingSend, { conversationId, messageId, turnId }: Accepted): void {
    if (send.kind !== 'send') return
    const { text, parentId, createdAt } = send
    const first = send.conversationId === undefined
    this.fold({ type: 'local.sent', conversationId, messageId, turnId, text, parentId, createdAt, first })
  }

  /** Loads the page above what is shown. Calls that overlap are one. */
  loadOlder(): Promise<void> {
    this.#older ??= this.#loadOlder().finally(() => {
      this.#older = null
    })
    return this.#older
  }

  /** Asks for a snapshot: after a branch switch, a deletion, or an edit from elsewhere. */
  resync(): void {
    this.#deps.connection.resync(this.conversationId)
  }

  close(): void {
    clearTimeout(this.#check)
    for (const release of this.#release) release()
    this.#listeners.clear()
  }

  async #loadOlder(): Promise<void> {
    const leaf = olderThan(this.#state)
    if (leaf === null) return
    const { items } = await this.#deps.messages(this.conversationId, { leaf, limit: olderPage })
    this.fold({ type: 'local.messages', messages: items })
  }

  #take(frame: ServerFrame): void {
    this.fold(frame)
    if (frame.type === 'snapshot') void this.#settle().catch(() => undefined)
    if (frame.type === 'changed' && this.#concerns(frame)) this.#checkSoon()
    if (!('turnId' in frame)) return
    const turn = this.#state.running[frame.turnId]
    const orphan = turn?.parentId != null && !this.#state.messages[turn.parentId]
    if (turn?.stale || (frame.type === 'turn.started' && orphan)) this.resync()
  }

  /** Asks for the ends that a snapshot took the place of. */
  async #settle(): Promise<void> {
    const turns = await Promise.all(untold(this.#state).map(turnId => this.#deps.turn(turnId)))
    for (const turn of turns) this.fold({ type: 'local.turn', turn })
    if (turns.some(({ id }) => this.#state.ended[id] && this.#isUnconfirmed(id))) this.resync()
  }

  /** A turn has ended, and one's own message to it is known from this side alone: the snapshot was older. */
  #isUnconfirmed(turnId: string): boolean {
    const own = Object.values(this.#state.messages).filter(({ turnId: of, role }) => of === turnId && role === 'user')
    return own.some(({ version }) => version === 0)
  }

  #concerns(frame: Extract<ServerFrame, { type: 'changed' }>): boolean {
    if (frame.what === 'conversation') return frame.id === this.conversationId
    if (frame.what !== 'message' || frame.conversationId !== this.conversationId) return false
    return (this.#state.messages[frame.id]?.version ?? -1) < frame.version
  }

  /** After changes have come to rest: is another branch the active one now, or a shown message out of date? */
  #checkSoon(): void {
    clearTimeout(this.#check)
    this.#check = setTimeout(() => void this.#compare().catch(() => undefined), settleMs)
  }

  async #compare(): Promise<void> {
    if (Object.keys(this.#state.running).length > 0) return
    const leafId = await this.#deps.activeLeaf(this.conversationId)
    if (leafId !== this.#state.leafId) return this.resync()
    const { items } = await this.#deps.messages(this.conversationId, { limit: olderPage })
    this.fold({ type: 'local.messages', messages: items })
  }
}
