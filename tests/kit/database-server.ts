import { startEmbeddedPostgres } from '@luna/service/embedded'
import { freePort, scratchDir } from '@luna/testing'

/** A PostgreSQL of a test's own, which may be restarted on its port. */
export interface DatabaseServer {
  /** The administrator's URL of its database. */
  readonly url: string
  /** Stops it for as long as `meanwhile` takes, then starts it again. */
  restart(meanwhile?: () => Promise<void>): Promise<void>
  stop(): Promise<void>
}

export async function startDatabaseServer(): Promise<DatabaseServer> {
  const dir = await scratchDir('database')
  const port = await freePort()
  const log = { info: () => undefined, error: () => undefined }
  const start = () => startEmbeddedPostgres({ dataDir: dir.path, port, log, settings: { max_connections: 200 } })
  let server = await start()
  return {
    url: server.url,
    async restart(meanwhile) {
      await server.stop()
      await meanwhile?.()
      server = await start()
    },
    async stop() {
      await server.stop()
      await dir.remove()
    },
  }
}
