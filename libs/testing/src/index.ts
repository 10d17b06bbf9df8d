export { freePort, isAlive } from '@luna/service/embedded'
export * from './fake-model/index.ts'
export {
  type LunaProcess,
  type RunningLuna,
  type ServiceName,
  type StartLunaOptions,
  serviceNames,
} from './luna/running-luna.ts'
export { startLuna } from './luna/start-luna.ts'
export type { DatabaseTemplate } from './postgres/template.ts'
export { startTestCluster, type TestCluster } from './postgres/test-cluster.ts'
export { createTestDatabase, type TestDatabase, type TestDatabaseOptions } from './postgres/test-database.ts'
export { startTestPostgres } from './postgres/test-postgres.ts'
export { type ProcessEnd, type RunningProcess, type RunProcessOptions, runProcess } from './run-process.ts'
export { type ScratchDir, scratchDir } from './scratch-dir.ts'
export { describeWith } from './servers/describe-with.ts'
export type { Missing, NeededServer, NeedOptions, Source } from './servers/need.ts'
export { type NeededDocker, needDocker } from './servers/need-docker.ts'
export { needNats } from './servers/need-nats.ts'
export { needQdrant } from './servers/need-qdrant.ts'
export { needRedis } from './servers/need-redis.ts'
export { type WaitForOptions, waitFor } from './wait-for.ts'
