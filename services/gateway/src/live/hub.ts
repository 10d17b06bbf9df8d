import {
  chat,
  type FeedDefinition,
  gateway,
  LunaError,
  memory,
  moderation,
  parseCursor,
  personality,
  plugins,
} from '@luna/contracts'
import { person, type Subscription } from '@luna/service'
import type { GatewayContext } from '../context.ts'
import { Channel, type ChannelSource } from './channel.ts'
import type { Wanted } from './decide-join.ts'
import { PersonChannel } from './person-channel.ts'
import { type Lease, SharedByKey } from './shared.ts'
import type { Sink } from './sink.ts'
import { defaultTimings, type Timings } from './timings.ts'

export interface WatchRequest {
  conversationId: string
  personId: string
  /** A cursor of this conversation; a turn that was just accepted; or neither: from a snapshot on. */
  from?: { after: string } | { turnId: string }
  sink: Sink
  /** Called when every later frame will be seen, before the first one is handed over. */
  standing?: () => void
}

export interface Watching {
  /** False while joining, when it is not known yet whether the conversation may be seen. */
  readonly live: boolean
  /** What is to be told first must be no older than now: a snapshot under way is asked for again. */
  refresh(): void
  stop(): void
}

type HubContext = Pick<GatewayContext, 'bus' | 'call' | 'watch' | 'log'>

/** What is live in this process: each conversation and person that is watched has one subscription on the bus. */
export class Hub {
  readonly #ctx: HubContext
  readonly #timings: Timings
  readonly #conversations: SharedByKey<Channel>
  readonly #persons: SharedByKey<PersonChannel>
  #revocations: Promise<Subscription> | null = null
  readonly #interruptions = new Set<() => void>()
  readonly #draining = new AbortController()

  constructor(ctx: HubContext, timings: Timings = defaultTimings) {
    this.#ctx = ctx
    this.#timings = timings
    this.#conversations = new SharedByKey(conversationId => this.#openConversation(conversationId))
    this.#persons = new SharedByKey(personId => this.#openPerson(personId))
    ctx.bus.onReconnect(() => {
      if (this.draining.aborted) return
      for (const channel of this.#conversations.values()) channel.check()
      for (const interrupted of this.#interruptions) interrupted()
    })
  }

  /**
   * Gives a sink the frames of a conversation, in order and each once, until stopped; or a snapshot where that cannot be.
   * Resolves when every later frame will be seen.
   * @throws LunaError `not-found` for the cursor of another conversation
   */
  async watchConversation({ conversationId, personId, from, sink, standing }: WatchRequest): Promise<Watching> {
    const wanted = wantedOf(conversationId, from)
    const lease = await this.#conversations.lease(conversationId)
    standing?.()
    return lease.value.watch({ personId, wanted, sink, timings: this.#timings, onStop: lease.release })
  }

  /** Leases what concerns a person: release it when done. */
  async person(personId: string): Promise<Lease<PersonChannel>> {
    await this.#hearRevocations()
    return this.#persons.lease(personId)
  }

  /** Calls back when the connection to the bus was lost for a while, and live frames with it. */
  onInterruption(interrupted: () => void): () => void {
    this.#interruptions.add(interrupted)
    return () => void this.#interruptions.delete(interrupted)
  }

  /** Aborted when this gateway takes its leave: streams end, and are resumed elsewhere. */
  get draining(): AbortSignal {
    return this.#draining.signal
  }

  drain(): void {
    this.#draining.abort()
  }

  async stop(): Promise<void> {
    this.drain()
    await this.#revocations?.then(subscription => subscription.stop())
    await Promise.all([this.#conversations.settled(), this.#persons.settled()])
  }

  async #hearRevocations(): Promise<void> {
    this.#revocations ??= this.#ctx.watch(gateway.feeds.sessionRevoked, 'all', ({ personId, sessionId }) =>
      this.#persons.get(personId)?.revoke(sessionId),
    )
    try {
      await this.#revocations
    } catch (error) {
      this.#revocations = null
      throw error
    }
  }

  async #openConversation(conversationId: string) {
    const channel = new Channel(conversationId, this.#source)
    const close = await this.#subscribeAll([
      [chat.feeds.conversationFrames, conversationId, text => channel.receive(text)],
      [gateway.feeds.typing, conversationId, text => typing(channel, text)],
    ])
    return { value: channel, close }
  }

  async #openPerson(personId: string) {
    const channel = new PersonChannel(personId)
    const receive = (text: string) => channel.receive(text)
    const close = await this.#subscribeAll([
      [chat.feeds.personFrames, personId, receive],
      [memory.feeds.personFrames, personId, receive],
      [moderation.feeds.personFrames, personId, receive],
      [personality.feeds.personFrames, personId, receive],
      [plugins.feeds.personFrames, personId, receive],
    ])
    return { value: channel, close }
  }

  /** Frames are taken as text, so that they can be forwarded as they came. */
  async #subscribeAll(
    feeds: readonly [FeedDefinition, string, (text: string) => void][],
  ): Promise<() => Promise<void>> {
    const { bus, log } = this.#ctx
    const subscribing = feeds.map(([feed, key, handler]) =>
      bus.subscribe({ name: feed.name, key }, text => {
        try {
          handler(text)
        } catch (error) {
          log.error({ err: error, feed: feed.name }, 'a live frame could not be handed on')
        }
      }),
    )
    const close = async () => {
      const settled = await Promise.allSettled(subscribing)
      await Promise.all(settled.flatMap(one => (one.status === 'fulfilled' ? [one.value.stop()] : [])))
    }
    try {
      await Promise.all(subscribing)
    } catch (error) {
      await close()
      throw error
    }
    return close
  }

  readonly #source: ChannelSource = {
    snapshot: (conversationId, personId) =>
      this.#ctx.call(chat.calls.snapshot, { conversationId }, { scope: person(personId) }),
    replay: conversationId => this.#ctx.bus.replay({ name: chat.feeds.conversationFrames.name, key: conversationId }),
    askCheckpoint: (conversationId, personId) =>
      this.#ctx.call(chat.calls.checkpoint, { conversationId }, { scope: person(personId) }),
  }
}

function wantedOf(conversationId: string, from: WatchRequest['from']): Wanted {
  if (!from) return { kind: 'snapshot' }
  if ('turnId' in from) return { kind: 'turn', turnId: from.turnId }
  const position = parseCursor(conversationId, from.after)
  if (position) return { kind: 'after', position }
  throw new LunaError(
    'not-found',
    'There is no such place in this conversation: the cursor is not one of its own. Subscribe without `after`.',
  )
}

function typing(channel: Channel, text: string): void {
  const { userId, sessionId } = JSON.parse(text) as { userId: string; sessionId: string }
  channel.typing(userId, sessionId)
}

const hubs = new WeakMap<GatewayContext, Hub>()

/** The one hub of a gateway process. */
export function hubOf(ctx: GatewayContext): Hub {
  const hub = hubs.get(ctx) ?? new Hub(ctx)
  hubs.set(ctx, hub)
  return hub
}
