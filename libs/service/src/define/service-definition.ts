import type {
  CallDefinition,
  CallInput,
  CallOutput,
  Contract,
  EventDefinition,
  FeedDefinition,
  Payload,
} from '@luna/contracts'
import type { Compilable, Transaction } from 'kysely'
import type { z } from 'zod'
import type { Migrations, WorkTables } from '../database/index.ts'
import type { Scope } from '../scope.ts'
import type { BaseContext } from './base-context.ts'

type Values<T> = T[keyof T]
export type EventsOf<C extends Contract> = Values<C['events']>
export type FeedsOf<C extends Contract> = Values<C['feeds']>

/** A transaction under a scope. What it publishes leaves only if it commits, and then surely. */
export interface Tx<Tables, C extends Contract> {
  readonly sql: Transaction<Tables & WorkTables>
  /**
   * Sends a statement whose rows nobody needs, without waiting: it travels with what comes next, at last with the commit,
   * which fails with it. `explain` says what its error means.
   */
  send(query: Compilable, explain?: (error: unknown) => unknown): void
  /** Puts an event of this service into the outbox. */
  publish<D extends EventsOf<C>>(definition: D, payload: z.input<D['schema']>): void
  /**
   * Puts a frame into the outbox. Only `reference` (ids) is stored: should this process die between commit and sending,
   * `rebuilds` makes the frame again from it.
   */
  emit<D extends FeedsOf<C>>(definition: D, key: string, frame: Payload<D>, reference: Record<string, unknown>): void
  /** Runs after the commit, at most once; for what may be lost. */
  afterCommit(work: () => void): void
}

export interface Database<Tables, C extends Contract> {
  transaction<T>(scope: Scope, work: (tx: Tx<Tables, C>) => Promise<T>): Promise<T>
}

/** One delivery of an event to a listener. */
export interface EventDelivery<Tables, C extends Contract> {
  readonly eventId: string
  readonly attempt: number
  readonly at: Date
  /**
   * The transaction that handles the event, exactly once for each event and listener: it carries the inbox row, and is
   * left out (`undefined`) when the event was handled before or its person has been erased.
   */
  once<T>(scope: Scope, work: (tx: Tx<Tables, C>) => Promise<T>): Promise<T | undefined>
}

/** One of the events that {@link onTogether} hands over. */
export interface Heard<P> {
  readonly eventId: string
  readonly at: Date
  readonly payload: P
}

export interface SingleListener<Context, Tables, C extends Contract> {
  readonly event: EventDefinition
  readonly handler: (payload: never, context: Context, delivery: EventDelivery<Tables, C>) => Promise<void>
  readonly options: ListenOptions
}

export interface TogetherListener<Context, Tables, C extends Contract> {
  readonly event: EventDefinition
  readonly together: (heard: readonly Heard<never>[], tx: Tx<Tables, C>, context: Context) => Promise<void>
  readonly options: TogetherOptions
}

export type Listener<Context, Tables, C extends Contract> =
  | SingleListener<Context, Tables, C>
  | TogetherListener<Context, Tables, C>

export interface ListenOptions {
  /** Deliveries in hand at once in each process. */
  concurrency?: number
}

export interface TogetherOptions {
  /** Events in one transaction at most. */
  atMost?: number
  /** Milliseconds that the first event of a batch waits for company. */
  gatherMs?: number
}

/** A call as the handler sees it. */
export interface CallRequest {
  readonly scope: Scope
  readonly requestId: string
}

export type CallHandlers<C extends Contract, Context> = {
  readonly [K in keyof C['calls']]: (
    input: z.output<C['calls'][K]['input']>,
    context: Context,
    request: CallRequest,
  ) => Promise<z.input<C['calls'][K]['output']>>
}

export interface Watch<Context> {
  readonly feed: FeedDefinition
  readonly handler: (frame: never, context: Context, key: string) => void
}

/** Work that goes on from start to stop: a server that listens, an engine that looks for orphaned turns. */
export interface Running {
  stop(): Promise<void>
}

export interface BackgroundWork<Context> {
  readonly name: string
  start(context: Context): Promise<Running>
}

/** Builds a frame again from its stored reference; null when what it spoke of is gone. */
export type Rebuilds<C extends Contract, Context> = {
  readonly [K in keyof C['feeds']]?: (
    reference: Record<string, unknown>,
    context: Context,
  ) => Promise<Payload<C['feeds'][K]> | null>
}

export interface ServiceDefinition<
  C extends Contract = Contract,
  Tables = unknown,
  Config extends z.ZodType = z.ZodType,
  Context extends BaseContext<Tables, C> = BaseContext<Tables, C>,
> {
  readonly name: C['service']
  readonly contract: C
  readonly owns: { readonly schema: string; readonly migrations: Migrations; readonly connections?: number }
  /** The shape of its part of the environment. */
  readonly config: Config
  readonly context: (base: BaseContext<Tables, C>, config: z.output<Config>) => Context | Promise<Context>
  readonly listens: readonly Listener<Context, Tables, C>[]
  readonly serves: CallHandlers<C, Context>
  readonly watches?: readonly Watch<Context>[]
  readonly rebuilds?: Rebuilds<C, Context>
  /** Started in order once everything else stands; stopped first, in reverse. */
  readonly runs?: readonly BackgroundWork<Context>[]
}

/**
 * A service's face: what it listens to, publishes, serves and owns. A missing handler, a wrong payload, another
 * service's event or a wrong context does not compile.
 */
export const defineService = <
  C extends Contract,
  Tables,
  Config extends z.ZodType,
  Context extends BaseContext<Tables, C>,
>(
  definition: ServiceDefinition<C, Tables, Config, Context>,
): ServiceDefinition<C, Tables, Config, Context> => Object.freeze(definition)

/** One line of `listens`. The payload's type follows from the event. */
export const on = <D extends EventDefinition, Context, Tables, C extends Contract>(
  event: D,
  handler: (payload: Payload<D>, context: Context, delivery: EventDelivery<Tables, C>) => Promise<void>,
  options: ListenOptions = {},
): SingleListener<Context, Tables, C> => ({
  event,
  handler: handler as SingleListener<Context, Tables, C>['handler'],
  options,
})

/**
 * One line of `listens` for what only counts: whatever has come within a moment is handled in one transaction, in system
 * scope, which carries the inbox rows of all. The handler gets each event once, in no order, and none of a person who is
 * erased. When a batch fails, each of its events is tried by itself, so that a bad one fails alone.
 */
export const onTogether = <D extends EventDefinition, Context, Tables, C extends Contract>(
  event: D,
  handler: (heard: readonly Heard<Payload<D>>[], tx: Tx<Tables, C>, context: Context) => Promise<void>,
  options: TogetherOptions = {},
): TogetherListener<Context, Tables, C> => ({
  event,
  together: handler as TogetherListener<Context, Tables, C>['together'],
  options,
})

/** One line of `watches`. */
export const watch = <D extends FeedDefinition, Context>(
  feed: D,
  handler: (frame: Payload<D>, context: Context, key: string) => void,
): Watch<Context> => ({ feed, handler: handler as Watch<Context>['handler'] })

export type { CallDefinition, CallInput, CallOutput }
