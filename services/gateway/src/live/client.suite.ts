import assert from 'node:assert/strict'
import { type ConversationFrame, type LunaError, type Position, parseCursor } from '@luna/contracts'
import { foldTurn } from './fold.ts'
import { isEnd, type LiveFrame } from './frame.ts'
import { compare } from './order.ts'
import type { Sink, Snapshot } from './sink.ts'
import { conversationId } from './testing.suite.ts'
import type { Watcher } from './watcher.ts'
import type { World } from './world.suite.ts'

/** What a client makes of what it is sent, and a complaint at the first thing that breaks the promise. */
export class Client implements Sink {
  readonly world: World
  watcher: Watcher | null = null
  at: Position | null
  ended = new Map<string, string>()
  #frames: ConversationFrame[]
  #running: string | null = null
  /** The number of the first turn whose end it must know. */
  readonly since: number

  constructor(world: World, resumed: Client | null, since: number) {
    this.world = world
    this.at = resumed?.at ?? null
    this.ended = new Map(resumed?.ended)
    this.since = resumed?.since ?? since
    this.#frames = resumed ? [...resumed.#frames] : []
    this.#running = resumed ? resumed.#running : null
  }

  recovered(cursor: string): void {
    assert.deepEqual(parseCursor(conversationId, cursor), this.at)
  }

  snapshot({ cursor, messages, turn }: Snapshot): void {
    this.at = parseCursor(conversationId, cursor)
    for (const message of messages) if (message.turnId) this.ended.set(message.turnId, message.text)
    this.#frames = turn ? [{ type: 'checkpoint', conversationId, cursor, turn: { parentId: null, ...turn } }] : []
    this.#running = turn?.turnId ?? null
  }

  frame(frame: LiveFrame): void {
    if (isEnd(frame.body) && this.ended.has(frame.body.turnId)) return
    const late = (this.at === null || compare(frame.position, this.at) < 0) && isEnd(frame.body)
    if (!late) this.#expectNext(frame)
    if (isEnd(frame.body)) {
      if (frame.body.type === 'turn.completed') this.ended.set(frame.body.turnId, frame.body.message.text)
      if (this.#running === frame.body.turnId) this.#running = null
    } else if (frame.body.type === 'turn.started') this.#running = frame.body.turnId
    this.#frames.push(frame.body)
  }

  failed(error: LunaError): void {
    throw error
  }

  /** The text of the running turn as this client shows it; null when none runs. */
  get text(): string | null {
    return this.#running === null ? null : (foldTurn(this.#frames).turn?.text ?? null)
  }

  #expectNext(frame: LiveFrame): void {
    const { at } = this
    if (at) {
      const from = frame.position.epoch === at.epoch ? at : { epoch: frame.position.epoch, n: 0 }
      const between = this.world.emitted.filter(
        ({ position, body }) =>
          compare(position, from) > 0 && compare(position, frame.position) < 0 && body.type !== 'checkpoint',
      )
      assert.deepEqual(between, [])
      assert.ok(compare(frame.position, at) > 0)
    }
    this.at = frame.position
  }
}
