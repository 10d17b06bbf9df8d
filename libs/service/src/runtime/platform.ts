import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { contracts, LunaError } from '@luna/contracts'
import pg from 'pg'
import { type Blobs, openBlobs } from '../blobs/index.ts'
import { type Bus, createEmbeddedBus, createNatsBus, ensureBusSchema } from '../bus/index.ts'
import type { PlatformConfig } from '../config/platform-config.ts'
import { ensureRole, roleUrl } from '../database/index.ts'
import { startEmbeddedPostgres } from '../embedded/index.ts'
import type { Logger } from '../log/logger.ts'
import type { Telemetry } from '../telemetry/start.ts'
import { topologyOf } from './topology.ts'

/** What all services of a process stand on. */
export interface Platform {
  readonly bus: Bus
  /** The administrator's URL of the database. */
  readonly adminUrl: string
  readonly blobs: Blobs
  readonly config: PlatformConfig
  /** True when this is the only process there is. */
  readonly embedded: boolean
  readonly log: Logger
  /** Serves `/metrics`; null in tests. */
  readonly telemetry: Telemetry | null
  stop(): Promise<void>
}

export interface PlatformOptions {
  log: Logger
  telemetry?: Telemetry
  /** What is going on, for a person who waits. */
  onProgress?: (message: string) => void
  /** Called when an embedded server dies by itself. */
  onLost?: (error: Error) => void
}

/** Several processes need a bus and a database that they share. */
export function requireShared(config: PlatformConfig): void {
  const missing = [config.natsUrl ? null : 'NATS_URL', config.databaseUrl ? null : 'DATABASE_URL'].filter(Boolean)
  if (missing.length > 0)
    throw new LunaError(
      'invalid',
      `A service that runs as a process of its own shares bus and database with the others, so it needs ${missing.join(' and ')}. Set ${missing.length > 1 ? 'them' : 'it'}, or run everything in one process with \`npm start\`.`,
    )
}

/** As root the database runs as another user, who must be able to walk through. */
const dataDirMode = () => (process.getuid?.() === 0 ? 0o711 : 0o700)

async function openDatabase(config: PlatformConfig, options: PlatformOptions) {
  if (config.databaseUrl) return { url: config.databaseUrl, stop: async () => {} }
  await mkdir(config.dataDir, { recursive: true, mode: dataDirMode() }).catch(error => {
    throw new LunaError(
      'invalid',
      `LUNA_DATA_DIR cannot be used: ${config.dataDir} could not be made (${(error as Error).message}). Choose a folder that this user may write to.`,
      { cause: error },
    )
  })
  return startEmbeddedPostgres({
    dataDir: join(config.dataDir, 'postgres'),
    log: options.log,
    ...(options.onProgress ? { onProgress: options.onProgress } : {}),
    ...(options.onLost ? { onLost: options.onLost } : {}),
  })
}

async function openBus(config: PlatformConfig, adminUrl: string, log: Logger): Promise<Bus> {
  const topology = topologyOf(contracts)
  if (config.natsUrl)
    return createNatsBus({ url: config.natsUrl, topology, log, name: 'luna', replicas: config.natsReplicas })
  const admin = new pg.Client({ connectionString: adminUrl })
  await admin.connect()
  try {
    await ensureRole(admin, adminUrl, 'bus')
    await ensureBusSchema(admin)
  } finally {
    await admin.end()
  }
  return createEmbeddedBus({ connectionString: roleUrl(adminUrl, 'bus'), topology, log })
}

/** Opens database, bus and files as configured: each by its URL, or embedded. */
export async function openPlatform(config: PlatformConfig, options: PlatformOptions): Promise<Platform> {
  const database = await openDatabase(config, options)
  try {
    const bus = await openBus(config, database.url, options.log)
    const blobs = await openBlobs(config.s3Url ? { url: config.s3Url } : { folder: join(config.dataDir, 'files') })
    return {
      bus,
      adminUrl: database.url,
      blobs,
      config,
      embedded: !config.natsUrl,
      log: options.log,
      telemetry: options.telemetry ?? null,
      async stop() {
        await bus.close()
        await database.stop()
      },
    }
  } catch (error) {
    await database.stop()
    throw error
  }
}
