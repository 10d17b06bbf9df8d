import { type Message, makeCursor, type Position } from '@luna/contracts'
import fc from 'fast-check'
import { Channel } from './channel.ts'
import type { StoredTurn } from './decide-join.ts'
import type { LiveFrame } from './frame.ts'
import * as make from './testing.suite.ts'

const { conversationId } = make

/** What happens to a conversation and its watchers. */
export type Op =
  | {
      do:
        | 'accept'
        | 'say'
        | 'withdraw'
        | 'end'
        | 'crash'
        | 'crash-at-end'
        | 'crash-behind-end'
        | 'checkpoint-behind-end'
        | 'publish-late'
        | 'trim'
        | 'restart-bus'
    }
  | { do: 'watch' | 'watch-turn' | 'stop' }
  | { do: 'resume'; back: number }
  | { do: 'cut-live'; frames: number }
  | { do: 'double'; back: number }
  | { do: 'tick'; turns: number }

type Plain = Exclude<Op, { back: number } | { frames: number } | { turns: number }>['do']

const plain = (...kinds: Plain[]) => kinds.map(kind => fc.constant({ do: kind } as Op))

export const op: fc.Arbitrary<Op> = fc.oneof(
  { weight: 4, arbitrary: fc.constant<Op>({ do: 'accept' }) },
  { weight: 12, arbitrary: fc.constant<Op>({ do: 'say' }) },
  { weight: 3, arbitrary: fc.constant<Op>({ do: 'end' }) },
  { weight: 12, arbitrary: fc.record({ do: fc.constant('tick' as const), turns: fc.integer({ min: 1, max: 12 }) }) },
  ...plain(
    'withdraw',
    'crash',
    'crash-at-end',
    'crash-behind-end',
    'checkpoint-behind-end',
    'publish-late',
    'trim',
    'restart-bus',
    'watch',
    'watch-turn',
    'stop',
  ),
  fc.record({ do: fc.constant('resume' as const), back: fc.nat(8) }),
  fc.record({ do: fc.constant('cut-live' as const), frames: fc.nat(4) }),
  fc.record({ do: fc.constant('double' as const), back: fc.nat(2) }),
)

/** One conversation with its holder, its store, its stream on the bus and the way to this process. */
export class World {
  readonly channel: Channel
  readonly emitted: LiveFrame[] = []
  readonly stored: { messages: Message[]; position: Position; turn: StoredTurn } = {
    messages: [],
    position: { epoch: 1, n: 0 },
    turn: null,
  }
  stream: LiveFrame[] = []
  #at: Position = { epoch: 1, n: 0 }
  turns = 0
  #attempt = 0
  #open = false
  #seq = -1
  #text = ''
  #unpublished: LiveFrame[] = []
  #cut = 0

  constructor(delays: () => number) {
    const later = async <T>(answer: () => T): Promise<T> => {
      for (let turns = delays(); turns > 0; turns -= 1) await Promise.resolve()
      const value = answer()
      for (let turns = delays(); turns > 0; turns -= 1) await Promise.resolve()
      return value
    }
    this.channel = new Channel(conversationId, {
      snapshot: async () => later(() => this.#snapshot()),
      replay: () => later(() => this.stream.map(frame => frame.text)),
      askCheckpoint: () => later(() => this.#checkpoint()),
    })
  }

  get turnId(): string {
    return make.turnIdOf(this.turns)
  }

  /** What a client must show of a running turn; null when it may still show what a lost holder said. */
  get runningText(): string | null {
    if (!this.stored.turn) return ''
    return this.#open ? this.#text : null
  }

  apply(step: Op): void {
    if (step.do === 'accept' && !this.stored.turn) {
      this.turns += 1
      this.#attempt = 1
      this.#begin()
    } else if (step.do === 'say' && this.stored.turn) {
      if (!this.#open) this.#start()
      this.#seq += 1
      const text = `${this.turns}.${this.#seq} `
      this.#text += text
      this.#emit(make.delta(this.turnId, this.#seq, text, this.#attempt))
    } else if (step.do === 'withdraw' && this.#open) {
      this.#seq += 1
      this.#text = ''
      this.#emit(make.replaced(this.turnId, this.#seq, 0, this.#attempt))
    } else if (step.do === 'end' && this.#open) this.#publish(this.#commitEnd())
    else if (step.do === 'crash-at-end' && this.#open) this.#unpublished.push(this.#commitEnd())
    else if (step.do === 'crash-behind-end' && this.#open) {
      this.#unpublished.push(this.#commitEnd())
      this.apply({ do: 'accept' })
      this.#takeOver()
    } else if (step.do === 'checkpoint-behind-end' && this.#open) {
      const end = this.#commitEnd()
      this.#publish(end)
      this.#checkpoint()
    } else if (step.do === 'crash' && this.stored.turn) this.#takeOver()
    else if (step.do === 'publish-late' && this.#cut === 0)
      for (const end of this.#unpublished.splice(0)) this.#publish(end)
    else if (step.do === 'trim' && !this.stored.turn) this.stream = []
    else if (step.do === 'restart-bus') {
      this.stream = []
      this.channel.check()
    } else if (step.do === 'cut-live') this.#cut = Math.max(this.#cut, step.frames)
    else if (step.do === 'double' && this.#cut === 0) {
      const frame = this.emitted.at(-1 - step.back)
      if (frame) this.channel.receive(frame.text)
    }
  }

  /** The bus is well again. What was lost of a silent turn while nobody watched shows by its next frame. */
  heal(speak: boolean): void {
    const isCut = this.#cut > 0
    this.#cut = 0
    if (isCut) this.channel.check()
    this.apply({ do: 'publish-late' })
    if (speak) this.#emit(make.queued(make.turnIdOf(999), 1))
  }

  #begin(): void {
    this.stored.turn = { turnId: this.turnId, attempt: this.#attempt, state: 'running', parentId: null }
    this.#open = false
    this.#text = ''
    this.#seq = -1
  }

  #start(): void {
    this.#open = true
    this.#emit(make.started(this.turnId, this.#attempt))
  }

  #commitEnd(): LiveFrame {
    const end = this.#number(make.completed(this.turnId, this.#text, this.#attempt))
    this.stored.messages.push(make.messageOf(this.turnId, this.#text))
    this.stored.position = end.position
    this.stored.turn = null
    this.#open = false
    return end
  }

  /** The holder is lost: another goes on from what is stored, in a new epoch, with a higher attempt. */
  #takeOver(): void {
    this.#at = { epoch: this.#at.epoch + 1, n: 0 }
    this.stored.position = this.#at
    if (this.stored.turn) {
      this.#attempt += 1
      this.#begin()
    }
    this.#checkpoint()
  }

  #checkpoint(): void {
    const turn = { turnId: this.turnId, attempt: this.#attempt, seq: this.#seq, text: this.#text }
    this.#emit(make.checkpoint(this.stored.turn && turn))
  }

  #number(frame: make.Unnumbered): LiveFrame {
    this.#at = { ...this.#at, n: this.#at.n + 1 }
    return make.frameAt(this.#at, frame)
  }

  #emit(frame: make.Unnumbered): void {
    this.#publish(this.#number(frame))
  }

  #publish(frame: LiveFrame): void {
    this.emitted.push(frame)
    this.stream.push(frame)
    if (this.#cut === 0) return this.channel.receive(frame.text)
    this.#cut -= 1
    if (this.#cut === 0) this.channel.check()
  }

  #snapshot() {
    const { messages, position, turn } = this.stored
    return {
      conversation: {} as never,
      messages: [...messages],
      cursor: makeCursor(conversationId, position),
      turn,
    }
  }
}
