/**
 * The bus as the chassis sees it: two adapters (in process on a durable log in PostgreSQL; NATS with JetStream) keep the
 * same promises and pass one contract suite. Data is JSON text; names come from `@luna/contracts`, never from literals.
 */

export type Headers = Readonly<Record<string, string>>

/** A durable event. The same id published again within ten minutes is stored once; later, a listener's inbox tells. */
export interface EventMessage {
  /** CloudEvents id: UUIDv7. */
  id: string
  /** The event's name. Its subject is the name with the person's id as last token (`_` for none). */
  name: string
  /** The person it is about; lets erasure find what is in flight. Must match /^[A-Za-z0-9-]+$/. */
  personId: string | null
  data: string
  /** CloudEvents attributes and W3C trace context: printable ASCII. `Nats-` and `Luna-` names are the adapter's own. */
  headers: Headers
}

export interface Delivery {
  message: EventMessage
  /** 1 for the first try. */
  attempt: number
}

export interface ListenerOptions {
  /** Durable name, unique for each service and event: `<service>--<event name>`, without `_`. Replicas share it. */
  listener: string
  event: string
  /** Deliveries in the hands of this process at once. */
  concurrency: number
  /** A delivery not settled within this many milliseconds is given to somebody else. Renewed while the handler runs. */
  ackWaitMs: number
  /** Milliseconds before the second, third, ... try; after the last one the delivery becomes a dead letter. */
  backoffMs: readonly number[]
}

/**
 * Resolves: handled. Rejects: tried again, at last a dead letter with the reason (the error's name and message, so the
 * message must not quote what people wrote). A try counts when it begins: a handler that kills the process ends there too.
 */
export type EventHandler = (delivery: Delivery) => Promise<void>

export interface CallMessage {
  data: string
  headers: Headers
}

/** A reply is data or the body of an error, both JSON text. */
export type CallReply = { ok: true; data: string } | { ok: false; error: string }

export type CallHandler = (call: CallMessage) => Promise<CallReply>

export interface CallOptions {
  deadlineMs: number
  headers: Headers
  signal?: AbortSignal
}

export interface FeedAddress {
  /** The feed's name. */
  name: string
  /** A conversation's or person's id; `all` for broadcasts. Must match /^[A-Za-z0-9-]+$/. */
  key: string
}

export type FeedHandler = (data: string, key: string) => void

export interface Subscription {
  /** Stops taking new work, waits for what is in hand. */
  stop(): Promise<void>
}

export interface DeadLetter {
  id: string
  listener: string
  event: string
  eventId: string
  personId: string | null
  attempts: number
  reason: string
  at: Date
}

export interface DeadLetters {
  /** Newest first. */
  list(options: { limit: number; before?: string }): Promise<DeadLetter[]>
  /** Sends it again to its listener, and to no other; false when there is no such letter. */
  redeliver(id: string): Promise<boolean>
  remove(id: string): Promise<boolean>
}

/** What the streams hold, so that an adapter can create them: derived from the contracts. */
export interface BusTopology {
  /**
   * Every event. One with personal text (`purgeWhenHandled`) has exactly one listener, is purged once handled, and waits
   * for that listener even when it was published before it was ever registered.
   */
  events: readonly { name: string; purgeWhenHandled: boolean }[]
  /** Feeds whose frames are kept in memory so that a late watcher can catch up. */
  replayedFeeds: readonly string[]
}

export interface Bus {
  readonly kind: 'embedded' | 'nats'
  /**
   * Resolves when the events are durable: a crash after it loses none. Rejects with LunaError `too-large`, `invalid`, or
   * `unavailable` after the adapter's deadline; some may be stored then, so publish again with the same ids.
   */
  publish(messages: readonly EventMessage[]): Promise<void>
  /** Registers the listener durably: from then on it gets every event, whether it is up or not. */
  listen(options: ListenerOptions, handler: EventHandler): Promise<Subscription>
  /**
   * Drops the listeners of a service (`<service>--...`) that are no longer in its code, with what waits for them and
   * their dead letters; else the log would keep it for ever. Events that are purged when handled wait for their next
   * listener instead. Returns the names.
   */
  retireListeners(service: string, keep: readonly string[]): Promise<string[]>

  /** Serves a call; replicas share the load. `service` shows in `nats micro ls`. A rejection becomes `internal`. */
  serve(service: string, name: string, handler: CallHandler): Promise<Subscription>
  /** Rejects with LunaError `unavailable` (nobody serves it), `timeout` or `cancelled`. */
  call(name: string, data: string, options: CallOptions): Promise<CallReply>

  /** At most once, in order for each sender and address; never waits. Throws LunaError `too-large`. */
  emit(address: FeedAddress, data: string): void
  /** Resolves when every later frame will be seen. Key `*` means all keys. */
  subscribe(address: FeedAddress, handler: FeedHandler): Promise<Subscription>
  /** The frames still kept for an address of a replayed feed, oldest first, up to the moment of the call. */
  replay(address: FeedAddress): Promise<string[]>
  /** Drops the kept frames of an address. */
  trim(address: FeedAddress): Promise<void>

  readonly deadLetters: DeadLetters
  /** Drops every event, delivery and dead letter that carries this personId; returns how many stored messages went. */
  purgePerson(personId: string, exceptEvents: readonly string[]): Promise<number>
  /** Called when the connection was lost and is there again. */
  onReconnect(handler: () => void): void
  /** Rejects with what is wrong. */
  check(): Promise<void>
  /** Stops every subscription, waits for what is in hand, leaves. */
  close(): Promise<void>
}

/** The part of a pino logger that the bus uses. Ids, names and counts go in; never data. */
export interface BusLog {
  debug(fields: object, message: string): void
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
  error(fields: object, message: string): void
}
