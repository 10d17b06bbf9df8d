import type { NeededServer } from '../servers/need.ts'

export const serviceNames = ['moderation', 'personality', 'plugins', 'memory', 'chat', 'gateway'] as const
export type ServiceName = (typeof serviceNames)[number]

export interface StartLunaOptions {
  topology: 'embedded' | 'distributed'
  /** The base URL of a model server; without it, the built-in responder answers. */
  modelUrl?: string
  /** Settings over those that the kit makes. */
  env?: Readonly<Record<string, string>>
  /** Distributed: how many processes of each; one by default. */
  replicas?: Partial<Record<ServiceName, number>>
  /** Distributed: the servers to stand on; a NATS is needed. */
  nats?: NeededServer
  /** Distributed: the URL by which a service reaches that NATS; the server's own unless given. */
  natsUrlOf?: (service: ServiceName, url: string) => string
  redis?: NeededServer
  /** Distributed: the administrator's URL of an empty database that is not thrown away with Luna. */
  databaseUrl?: string
  /** Embedded: data of an earlier run to go on with. It stays when Luna is stopped. */
  dataDir?: string
  /** Embedded: a throw-away database of the test run's server, since a server of its own takes seconds to make. */
  sharedPostgres?: boolean
}

/** One process of a running Luna. */
export interface LunaProcess {
  readonly name: ServiceName | 'luna'
  readonly pid: number
  /** Of a gateway, or of the whole: where it listens. */
  readonly url: string | null
  output(): string
  /** Ends it as a crash would. */
  kill(): Promise<void>
  /** Ends it as an operator would: SIGTERM, drained. */
  terminate(): Promise<void>
  /** Starts it again with the same settings; resolves when it is ready. */
  restart(): Promise<void>
}

export interface RunningLuna {
  readonly topology: 'embedded' | 'distributed'
  /** The (first) gateway. */
  readonly url: string
  /** Every gateway. */
  readonly urls: readonly string[]
  readonly processes: readonly LunaProcess[]
  /** The first process of a service; embedded: the one there is. */
  process(name: ServiceName): LunaProcess
  /** The administrator's URL of the database. */
  databaseUrl(): Promise<string>
  readonly dataDir: string
  /** All that the processes wrote, after `stop` as well. */
  output(): string
  /** Ends every process as an operator would, and deletes what was made for them. May be called again. */
  stop(): Promise<void>
}
