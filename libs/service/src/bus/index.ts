export { createEmbeddedBus, type EmbeddedBusOptions } from './embedded/embedded-bus.ts'
export { createNatsBus, type NatsBusOptions } from './nats/nats-bus.ts'
export { busMigrations, busRole, ensureBusSchema } from './schema.ts'
export type * from './types.ts'
