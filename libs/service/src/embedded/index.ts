export { administratorUrlOf } from './administrator-url.ts'
export { type Guard, type GuardOptions, guardProcess } from './guard.ts'
export { freePort } from './ports.ts'
export { isAlive } from './process-identity.ts'
export type { ServerSettings } from './server-settings.ts'
export {
  type EmbeddedLog,
  type EmbeddedPostgres,
  type EmbeddedPostgresOptions,
  startEmbeddedPostgres,
} from './start-embedded-postgres.ts'
