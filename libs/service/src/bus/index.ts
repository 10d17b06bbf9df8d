import type { NatsBusOptions } from './nats/nats-bus.ts'
import type { Bus } from './types.ts'

export { createEmbeddedBus, type EmbeddedBusOptions } from './embedded/embedded-bus.ts'
export type { NatsBusOptions } from './nats/nats-bus.ts'
/** Loaded when a bus on NATS is wanted: its packages take 50 ms of every start. */
export const createNatsBus = async (options: NatsBusOptions): Promise<Bus> =>
  (await import('./nats/nats-bus.ts')).createNatsBus(options)
export { busMigrations, busRole, ensureBusSchema } from './schema.ts'
export type * from './types.ts'
export { Unreadable } from './unreadable.ts'
