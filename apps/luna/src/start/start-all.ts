import {
  createLogger,
  type Environment,
  type Logger,
  openPlatform,
  type Platform,
  type PlatformConfig,
  type RunningService,
  startTelemetry,
} from '@luna/service'
import { readSettings, type Settings } from './services.ts'

export interface RunningLuna {
  readonly settings: Settings
  readonly platform: Platform
  readonly services: readonly RunningService[]
  readonly log: Logger
  stop(): Promise<void>
}

export interface StartOptions {
  onProgress?: (message: string) => void
  onLost?: (error: Error) => void
}

/** What nobody waits for is loaded after this, so that the first message has the process for itself. */
const calmMs = 5_000

/** Opens the platform and starts all services in this process. What was started is stopped again if one fails. */
export async function startAll(env: Environment, options: StartOptions = {}): Promise<RunningLuna> {
  const { settings, startServices } = readSettings(env)
  const log = createLogger({ service: 'luna', level: logLevel(settings.platform, env) })
  const telemetry = await startTelemetry('luna', env)
  const platform = await openPlatform(settings.platform, { log, telemetry, ...options })
  const services: RunningService[] = []
  let collecting: NodeJS.Timeout | undefined
  const stop = async () => {
    clearTimeout(collecting)
    for (const service of services.splice(0).toReversed()) await service.stop()
    await platform.stop()
    await telemetry.stop()
  }
  try {
    await startServices(platform, services)
  } catch (error) {
    await stop()
    throw error
  }
  collecting = setTimeout(() => {
    telemetry.collect().catch((error: unknown) => log.warn({ err: error }, 'metrics cannot be collected'))
  }, calmMs)
  collecting.unref()
  return { settings, platform, services, log, stop }
}

/** A person at a terminal wants the few lines of the start, not the log; a file or a collector gets all. */
const logLevel = (platform: PlatformConfig, env: Environment): string =>
  process.stdout.isTTY && !env['LOG_LEVEL'] ? 'warn' : platform.logLevel
