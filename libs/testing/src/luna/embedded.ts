import { join } from 'node:path'
import { administratorUrlOf, freePort } from '@luna/service/embedded'
import { createTestDatabase } from '../postgres/test-database.ts'
import { scratchDir } from '../scratch-dir.ts'
import { startProcess } from './luna-process.ts'
import type { RunningLuna, StartLunaOptions } from './running-luna.ts'

/** The whole of Luna as one process. */
export async function startEmbedded(options: StartLunaOptions): Promise<RunningLuna> {
  const scratch = await scratchDir()
  const database = options.sharedPostgres ? await createTestDatabase() : null
  const dataDir = options.dataDir ?? join(scratch.path, 'data')
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const clean = async () => {
    await database?.drop()
    await scratch.remove()
  }
  const luna = await startProcess({
    name: 'luna',
    entry: 'apps/luna/bin/luna.js',
    args: ['start'],
    cwd: scratch.path,
    url,
    readyUrl: `${url}/health/ready`,
    env: {
      LUNA_PORT: String(port),
      LUNA_DATA_DIR: dataDir,
      LUNA_LIMITS: 'off',
      LOG_LEVEL: 'info',
      ...(database ? { DATABASE_URL: database.url } : {}),
      ...modelEnvironment(options.modelUrl),
      ...options.env,
    },
  }).catch(async (error: unknown) => {
    await clean()
    throw error
  })
  return {
    topology: 'embedded',
    url,
    urls: [url],
    processes: [luna],
    process: () => luna,
    databaseUrl: async () => database?.url ?? (await administratorUrlOf(join(dataDir, 'postgres'))),
    dataDir,
    output: () => luna.output(),
    async stop() {
      await luna.terminate()
      await clean()
    },
  }
}

/** The fake model under the usual names, so that no key or local model of this machine is found instead. */
export const modelEnvironment = (modelUrl: string | undefined): Record<string, string> =>
  modelUrl ? { OPENAI_BASE_URL: modelUrl, OPENAI_API_KEY: 'test-key', LUNA_MODEL: 'fake-chat' } : {}
