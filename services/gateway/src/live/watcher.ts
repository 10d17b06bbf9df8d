import { LunaError, type Message, makeCursor, type Position, parseCursor, type TurnSoFar } from '@luna/contracts'
import type { Channel } from './channel.ts'
import { decideJoin, joinTurn, type Settled, type Stored, type Wanted } from './decide-join.ts'
import { isEnd, type LiveFrame, opens } from './frame.ts'
import { lateEnds, merge, place } from './order.ts'
import type { Sink } from './sink.ts'
import type { Timings } from './timings.ts'
import { within } from './within.ts'

export interface WatcherOptions {
  personId: string
  wanted: Wanted
  sink: Sink
  timings: Timings
  onStop(): void
}

const staleMax = 3

/**
 * One who watches a conversation. Joining: asks what is stored, replays what is kept, and settles at a position. Live:
 * takes the frame behind its position; when one is missing it joins again from where it stands.
 */
export class Watcher {
  readonly #channel: Channel
  readonly #options: WatcherOptions
  /** Where a live watcher stands; null while joining. */
  #at: Position | null = null
  #wanted: Wanted
  /** Counts the joins: what belongs to an earlier one is out of date. */
  #run = 0
  #stopped = false
  #wakeUp: () => void = () => {}
  /** Whether the watcher has been told where it stands: from then on, gaps are filled without a word. */
  #answered = false
  /** While this watcher was joining, frames may have been lost or something newer was told: what it has learned does not count. */
  #doubtful = false
  /** The turns whose end was handed over last: an end may be published twice. */
  #ended: readonly string[] = []

  constructor(channel: Channel, options: WatcherOptions) {
    this.#channel = channel
    this.#options = options
    this.#wanted = options.wanted
  }

  get live(): boolean {
    return this.#at !== null
  }

  start(): void {
    this.#join(this.#wanted)
  }

  stop(): void {
    if (this.#stopped) return
    this.#stopped = true
    if (!this.#at) this.#channel.endJoin()
    this.#at = null
    this.#run += 1
    this.#wakeUp()
    this.#channel.leave(this)
    this.#options.onStop()
  }

  /** @param fresh no later frame has come before it */
  receive(frame: LiveFrame, fresh: boolean): void {
    if (this.#stopped) return
    if (this.#at) this.#take(frame)
    else if (fresh && this.#wanted.kind === 'turn' && opens(frame.body, this.#wanted.turnId))
      this.#settle({ epoch: frame.position.epoch, n: frame.position.n - 1 }, [frame])
  }

  typing(userId: string, sessionId: string): void {
    if (this.#at) this.#options.sink.typing?.(userId, sessionId)
  }

  check(): void {
    if (this.#at) this.#join({ kind: 'after', position: this.#at })
    else this.refresh()
  }

  refresh(): void {
    if (!this.#at) this.#doubtful = true
  }

  #take(frame: LiveFrame): void {
    if (this.#stopped || !this.#at) return
    const placed = place(this.#at, frame)
    if (placed === 'gap') return this.#join({ kind: 'after', position: this.#at })
    if (placed === 'next') this.#at = frame.position
    if (placed === 'next' || placed === 'late-end') this.#deliver(frame)
  }

  #deliver(frame: LiveFrame): void {
    if (frame.body.type === 'checkpoint') return
    if (isEnd(frame.body)) {
      if (this.#ended.includes(frame.body.turnId)) return
      this.#ended = [...this.#ended.slice(-7), frame.body.turnId]
    }
    this.#options.sink.frame(frame)
  }

  #join(wanted: Wanted): void {
    this.#wanted = wanted
    this.#run += 1
    this.#at = null
    this.#channel.beginJoin()
    void this.#joinUntilSettled(this.#run)
  }

  async #joinUntilSettled(run: number): Promise<void> {
    const { timings, sink } = this.#options
    let complained = false
    for (let tries = 0; run === this.#run; tries += 1) {
      try {
        if (await this.#tryJoin(run)) return
      } catch (error) {
        if (run !== this.#run) return
        const known = LunaError.from(error)
        if (!known.retryable && known.code !== 'internal') {
          this.stop()
          sink.failed(known)
          return
        }
        if (!complained) sink.failed(known.retryable ? known : notNow(error))
        complained = true
      }
      await this.#pause(Math.min(timings.retryMs * 2 ** tries, timings.retryMaxMs))
    }
  }

  /** False when frames are lost and no checkpoint has come: to be tried again. */
  async #tryJoin(run: number): Promise<boolean> {
    const { conversationId, source } = this.#channel
    const { personId, timings } = this.#options
    this.#doubtful = false
    if (this.#wanted.kind === 'turn') {
      const { arrived } = await this.#channel.known()
      if (run !== this.#run) return true
      if (this.#doubtful) return this.#tryJoin(run)
      const begun = joinTurn(this.#wanted.turnId, merge(arrived()))
      if (begun) return this.#apply(begun, [], [])
    }
    let asOf: Position | null = null
    for (let again = 0; again <= staleMax; again += 1) {
      const { cursor, turn, messages } = await source.snapshot(conversationId, personId)
      const position = parseCursor(conversationId, cursor)
      if (!position) throw new Error(`The snapshot of ${conversationId} has the cursor of another conversation.`)
      const { kept, arrived } = await this.#channel.known()
      const stored: Stored = { position, turn, asOf }
      const decide = () => decideJoin(this.#wanted, stored, merge(arrived()), kept)
      if (run !== this.#run) return true
      let join = decide()
      if (join.kind === 'unsettled') {
        const checkpoint = this.#channel.nextCheckpoint()
        await source.askCheckpoint(conversationId, personId)
        await within(checkpoint, timings.checkpointMs)
        if (run !== this.#run) return true
        join = decide()
      }
      if (this.#doubtful) return this.#tryJoin(run)
      asOf = merge(arrived()).at(-1)?.position ?? null
      if (join.kind === 'stale') continue
      if (join.kind !== 'unsettled') return this.#apply(join, messages, arrived())
      this.#provisional(position, messages)
      return false
    }
    return false
  }

  #apply(join: Settled, messages: readonly Message[], arrived: readonly LiveFrame[]): true {
    if (join.kind === 'follow') {
      const resumes = this.#wanted.kind === 'after'
      if (resumes && !this.#answered) this.#options.sink.recovered(makeCursor(this.#channel.conversationId, join.from))
      this.#settle(join.from, [...(resumes ? lateEnds(join.from, arrived) : []), ...join.frames])
    } else {
      this.#tell(join.at, messages, join.turn)
      this.#settle(join.at, [])
    }
    return true
  }

  /** The messages at least, while the frames of the running turn are out of reach; a whole snapshot follows. */
  #provisional(at: Position, messages: readonly Message[]): void {
    if (this.#answered) return
    this.#answered = true
    this.#wanted = { kind: 'snapshot' }
    this.#tell(at, messages, null)
  }

  #tell(at: Position, messages: readonly Message[], turn: TurnSoFar | null): void {
    const { conversationId } = this.#channel
    this.#options.sink.snapshot({ conversationId, cursor: makeCursor(conversationId, at), messages, turn })
  }

  #settle(from: Position, frames: readonly LiveFrame[]): void {
    this.#run += 1
    this.#answered = true
    this.#at = from
    for (const frame of frames) this.#take(frame)
    this.#channel.endJoin()
    if (!this.#doubtful) return
    this.#doubtful = false
    this.check()
  }

  async #pause(ms: number): Promise<void> {
    const woken = new Promise<void>(resolve => {
      this.#wakeUp = resolve
    })
    await within(woken, ms)
  }
}

const notNow = (cause: unknown) =>
  new LunaError('unavailable', 'The conversation cannot be read right now. It comes as soon as it can be.', { cause })
