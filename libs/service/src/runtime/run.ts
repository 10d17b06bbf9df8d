import type { Contract } from '@luna/contracts'
import { LunaError } from '@luna/contracts'
import type { z } from 'zod'
import { type PlatformConfig, platformConfig } from '../config/platform-config.ts'
import { type Environment, readConfig } from '../config/read-config.ts'
import type { BaseContext } from '../define/base-context.ts'
import type { ServiceDefinition } from '../define/service-definition.ts'
import { startHealthServer } from '../health/health-server.ts'
import { createLogger } from '../log/logger.ts'
import { startTelemetry } from '../telemetry/start.ts'
import { openPlatform, requireShared } from './platform.ts'
import { onShutdown } from './shutdown.ts'
import { startService } from './start-service.ts'

/** Runs one service as a process of its own until SIGTERM or SIGINT; faults of the settings end it with exit code 2. */
export async function run<C extends Contract, Tables, Config extends z.ZodType, Context extends BaseContext<Tables, C>>(
  definition: ServiceDefinition<C, Tables, Config, Context>,
  env: Environment,
): Promise<void> {
  try {
    const { platform: settings, own } = readConfig({ platform: platformConfig, own: definition.config }, env)
    requireShared(settings)
    await start(definition, settings, own, env)
  } catch (error) {
    const known = LunaError.from(error)
    process.stderr.write(`${known.code === 'internal' ? String((error as Error).stack) : known.message}\n`)
    process.exit(known.code === 'invalid' ? 2 : 1)
  }
}

async function start<C extends Contract, Tables, Config extends z.ZodType, Context extends BaseContext<Tables, C>>(
  definition: ServiceDefinition<C, Tables, Config, Context>,
  settings: PlatformConfig,
  own: z.output<Config>,
  env: Environment,
): Promise<void> {
  const log = createLogger({ service: definition.name, level: settings.logLevel })
  const telemetry = await startTelemetry(definition.name, env)
  const platform = await openPlatform(settings, { log, telemetry })
  const service = await startService(definition, platform, own)
  const health =
    settings.healthPort === undefined
      ? null
      : await startHealthServer({ port: settings.healthPort, services: [service], telemetry })
  log.info({ instanceId: service.instanceId }, `${definition.name} is ready`)
  onShutdown(log, async () => {
    await service.stop()
    await health?.stop()
    await platform.stop()
    await telemetry.stop()
  })
  await telemetry.collect()
}
