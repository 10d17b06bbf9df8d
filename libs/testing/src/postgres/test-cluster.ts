import { guardProcess, type ServerSettings, startEmbeddedPostgres } from '@luna/service/embedded'
import { scratchDir } from '../scratch-dir.ts'

export interface TestCluster {
  /** The administrator's URL. */
  url: string
  stop(): Promise<void>
}

/** Nothing here has to survive a power cut, so nothing waits for the disk. */
const forgetful: ServerSettings = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  autovacuum: 'off',
  max_connections: 300,
}

/** Starts a cluster of its own in a temporary folder. It is stopped and deleted by `stop`, or when this process ends. */
export async function startTestCluster(settings: ServerSettings = {}): Promise<TestCluster> {
  const dir = await scratchDir('postgres')
  try {
    const server = await startEmbeddedPostgres({
      dataDir: dir.path,
      settings: { ...forgetful, ...settings },
      log: { info: () => undefined, error: (_, message) => process.stderr.write(`${message}\n`) },
      whenKilled: 'leave',
    })
    const guard = guardProcess({ pid: server.pid, signal: 'INT', remove: server.filesDir })
    return {
      url: server.url,
      async stop() {
        await server.stop()
        await dir.remove()
        guard.release()
      },
    }
  } catch (error) {
    await dir.remove()
    throw error
  }
}
