import type { z } from 'zod'

/** The name is the subject on the bus, the anchor in the docs and the key to grep for; the version is part of it. */
export type MessageName<Service extends string = string> = `${Service}.${string}.v${number}`

/** A durable fact, delivered at least once to each listener. Carries ids, numbers and classes, never personal text. */
export interface EventDefinition<Name extends MessageName = MessageName, Schema extends z.ZodType = z.ZodType> {
  readonly kind: 'event'
  readonly name: Name
  readonly summary: string
  readonly schema: Schema
}

/** Request and reply with a deadline. Input is strict; output drops what the caller does not know. */
export interface CallDefinition<
  Name extends MessageName = MessageName,
  Input extends z.ZodType = z.ZodType,
  Output extends z.ZodType = z.ZodType,
> {
  readonly kind: 'call'
  readonly name: Name
  readonly summary: string
  readonly input: Input
  readonly output: Output
  /** Milliseconds until the caller gets `timeout`, unless it asks for less. */
  readonly deadlineMs: number
}

/** Who a feed is addressed to: watchers of a conversation, of a person, or every replica. */
export type FeedKey = 'conversation' | 'person' | 'everyone'

/** Live frames to whoever watches. With `replay`, frames are kept for a while so that a late watcher can catch up. */
export interface FeedDefinition<Name extends MessageName = MessageName, Schema extends z.ZodType = z.ZodType> {
  readonly kind: 'feed'
  readonly name: Name
  readonly summary: string
  readonly schema: Schema
  readonly key: FeedKey
  readonly replay: boolean
}

export const event = <const Name extends MessageName, Schema extends z.ZodType<{ personId: string | null }>>(
  name: Name,
  summary: string,
  schema: Schema,
): EventDefinition<Name, Schema> => Object.freeze({ kind: 'event', name, summary, schema })

export const call = <const Name extends MessageName, Input extends z.ZodType, Output extends z.ZodType>(
  name: Name,
  summary: string,
  shape: { input: Input; output: Output; deadlineMs?: number },
): CallDefinition<Name, Input, Output> => Object.freeze({ kind: 'call', name, summary, deadlineMs: 5_000, ...shape })

export const feed = <const Name extends MessageName, Schema extends z.ZodType>(
  name: Name,
  summary: string,
  shape: { key: FeedKey; schema: Schema; replay?: boolean },
): FeedDefinition<Name, Schema> => Object.freeze({ kind: 'feed', name, summary, replay: false, ...shape })

/** All that one service publishes, serves and emits. The names must begin with the service's own. */
export interface Contract<
  Service extends string = string,
  Events extends Record<string, EventDefinition<MessageName<Service>>> = Record<
    string,
    EventDefinition<MessageName<Service>>
  >,
  Calls extends Record<string, CallDefinition<MessageName<Service>>> = Record<
    string,
    CallDefinition<MessageName<Service>>
  >,
  Feeds extends Record<string, FeedDefinition<MessageName<Service>>> = Record<
    string,
    FeedDefinition<MessageName<Service>>
  >,
> {
  readonly service: Service
  readonly summary: string
  readonly events: Events
  readonly calls: Calls
  readonly feeds: Feeds
}

export const defineContract = <
  const Service extends string,
  Events extends Record<string, EventDefinition<MessageName<Service>>>,
  Calls extends Record<string, CallDefinition<MessageName<Service>>>,
  Feeds extends Record<string, FeedDefinition<MessageName<Service>>>,
>(
  contract: Contract<Service, Events, Calls, Feeds>,
): Contract<Service, Events, Calls, Feeds> => Object.freeze(contract)

export type Payload<D extends { schema: z.ZodType }> = z.output<D['schema']>
export type CallInput<D extends CallDefinition> = z.input<D['input']>
export type CallOutput<D extends CallDefinition> = z.output<D['output']>
