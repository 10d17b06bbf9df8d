import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { freePort } from '@luna/service/embedded'
import { createTestDatabase } from '../postgres/test-database.ts'
import { scratchDir } from '../scratch-dir.ts'
import { modelEnvironment } from './embedded.ts'
import { startProcess } from './luna-process.ts'
import {
  type LunaProcess,
  type RunningLuna,
  type ServiceName,
  type StartLunaOptions,
  serviceNames,
} from './running-luna.ts'

/** Every service a process of its own, on a NATS, a throw-away database and, where given, a Redis. */
export async function startDistributed(options: StartLunaOptions): Promise<RunningLuna> {
  if (!options.nats) throw new Error('A distributed Luna stands on NATS: pass `nats` from needNats().')
  const scratch = await scratchDir()
  const database = options.databaseUrl ? null : await createTestDatabase()
  const databaseUrl = options.databaseUrl ?? database?.url ?? ''
  const dataDir = join(scratch.path, 'data')
  const processes: LunaProcess[] = []
  const env: Record<string, string> = {
    NATS_URL: options.nats.url,
    DATABASE_URL: databaseUrl,
    LUNA_DATA_DIR: dataDir,
    LUNA_MASTER_KEY: createHash('sha256').update('a master key for tests').digest('base64'),
    LUNA_LIMITS: 'off',
    LOG_LEVEL: 'info',
    ...(options.redis ? { REDIS_URL: options.redis.url } : {}),
    ...modelEnvironment(options.modelUrl),
    ...options.env,
  }
  const stop = async () => {
    const isGateway = ({ name }: LunaProcess) => name === 'gateway'
    await Promise.all(processes.filter(isGateway).map(process => process.terminate()))
    await Promise.all(processes.filter(process => !isGateway(process)).map(process => process.terminate()))
    await database?.drop()
    await scratch.remove()
  }
  const start = async (name: ServiceName) => {
    const natsUrl = options.natsUrlOf?.(name, options.nats?.url ?? '')
    processes.push(await startService(name, natsUrl ? { ...env, NATS_URL: natsUrl } : env, scratch.path))
  }
  const wanted = serviceNames.flatMap(name => Array.from({ length: options.replicas?.[name] ?? 1 }, () => name))
  const started = await Promise.allSettled(wanted.map(start))
  const failed = started.find(result => result.status === 'rejected')
  if (failed) {
    await stop()
    throw failed.reason
  }
  processes.sort((a, b) => serviceNames.indexOf(a.name as ServiceName) - serviceNames.indexOf(b.name as ServiceName))
  const urls = processes.flatMap(({ url }) => (url ? [url] : []))
  return {
    topology: 'distributed',
    url: urls[0] ?? '',
    urls,
    processes,
    process(name) {
      const found = processes.find(process => process.name === name)
      if (!found) throw new Error(`No process of ${name} was started.`)
      return found
    },
    databaseUrl: async () => databaseUrl,
    dataDir,
    output: () => processes.map(process => process.output()).join('\n'),
    stop,
  }
}

async function startService(name: ServiceName, env: Record<string, string>, cwd: string): Promise<LunaProcess> {
  const healthPort = await freePort()
  const port = name === 'gateway' ? await freePort() : null
  return startProcess({
    name,
    entry: `services/${name}/dist/main.js`,
    cwd,
    url: port === null ? null : `http://127.0.0.1:${port}`,
    readyUrl: `http://127.0.0.1:${healthPort}/health/ready`,
    env: { ...env, LUNA_HEALTH_PORT: String(healthPort), ...(port === null ? {} : { LUNA_PORT: String(port) }) },
  })
}
