import { join } from 'node:path'
import type { Missing, NeededServer, NeedOptions } from './need.ts'
import { needServer } from './need-server.ts'
import type { ServerKind } from './server-kind.ts'

const qdrant: ServerKind = {
  name: 'needs-qdrant',
  urlVariable: 'LUNA_TEST_QDRANT_URL',
  image: 'qdrant/qdrant:v1.18.0',
  imagePort: 6333,
  program: 'qdrant',
  args: () => ['--disable-telemetry'],
  environment: (port, dir) => ({
    QDRANT__SERVICE__HOST: '127.0.0.1',
    QDRANT__SERVICE__HTTP_PORT: String(port),
    QDRANT__SERVICE__GRPC_PORT: 'null',
    QDRANT__STORAGE__STORAGE_PATH: join(dir, 'storage'),
    QDRANT__STORAGE__SNAPSHOTS_PATH: join(dir, 'snapshots'),
  }),
  urlOf: (host, port) => `http://${host}:${port}`,
  answers: async (host, port) => {
    const response = await fetch(`http://${host}:${port}/readyz`, { signal: AbortSignal.timeout(2_000) })
    return response.ok
  },
}

/** Qdrant over REST. Debian has no package of it. */
export async function needQdrant(options: NeedOptions = {}): Promise<NeededServer | Missing> {
  return await needServer(qdrant, options)
}
