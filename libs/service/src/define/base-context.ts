import type { CallDefinition, CallInput, CallOutput, Contract, FeedDefinition, Payload } from '@luna/contracts'
import type { Blobs } from '../blobs/index.ts'
import type { Bus, Subscription } from '../bus/index.ts'
import type { Clock, Random } from '../clock.ts'
import type { RawDatabase } from '../database/index.ts'
import type { PersonKeys } from '../keys/index.ts'
import type { Logger } from '../log/logger.ts'
import type { Scope } from '../scope.ts'
import type { Telemetry } from '../telemetry/start.ts'
import type { Database, EventsOf, FeedsOf } from './service-definition.ts'

export interface CallSettings {
  scope: Scope
  /** Less than the contract's deadline, in milliseconds. */
  deadlineMs?: number
  signal?: AbortSignal
  requestId?: string
}

/** What every handler may use; a service adds its own to it. */
export interface BaseContext<Tables, C extends Contract> {
  readonly service: C['service']
  /** Unique for each process and start. */
  readonly instanceId: string
  /** True when this is the only process there is. */
  readonly embedded: boolean
  readonly db: Database<Tables, C>
  /** The raw database: work tables without a scope. */
  readonly store: RawDatabase<Tables>
  readonly keys: PersonKeys
  readonly blobs: Blobs
  readonly clock: Clock
  readonly random: Random
  readonly log: Logger
  readonly bus: Bus
  /** Serves `/metrics`; null in tests. */
  readonly telemetry: Telemetry | null

  /** Asks another service (or this one). Rejects with LunaError. */
  call<D extends CallDefinition>(definition: D, input: CallInput<D>, settings: CallSettings): Promise<CallOutput<D>>
  /** Publishes without a transaction: only for a service that has changed no data. Resolves when durable. */
  publishNow<D extends EventsOf<C>>(definition: D, payload: Payload<D>): Promise<void>
  /** Sends a live frame to whoever watches; nothing is stored but what the feed keeps for replay. */
  emit<D extends FeedsOf<C>>(definition: D, key: string, frame: Payload<D>): void
  /** Watches any service's feed. `*` watches every key. */
  watch<D extends FeedDefinition>(
    definition: D,
    key: string,
    handler: (frame: Payload<D>, key: string) => void,
  ): Promise<Subscription>
  /** The frames that are still kept for a key, oldest first. */
  replay<D extends FeedDefinition>(definition: D, key: string): Promise<Payload<D>[]>
}
