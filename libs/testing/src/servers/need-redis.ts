import { firstReply } from './first-reply.ts'
import type { Missing, NeededServer, NeedOptions } from './need.ts'
import { needServer } from './need-server.ts'
import type { ServerKind } from './server-kind.ts'

const redis: ServerKind = {
  name: 'needs-redis',
  urlVariable: 'LUNA_TEST_REDIS_URL',
  image: 'redis:7-alpine',
  imagePort: 6379,
  imageCommand: ['redis-server', '--save', ''],
  program: 'redis-server',
  debianPackage: 'redis-server',
  args: (port, dir) => ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--dir', dir],
  urlOf: (host, port) => `redis://${host}:${port}`,
  answers: async (host, port) => /^(?:\+PONG|-NOAUTH)/.test(await firstReply(host, port, 'PING\r\n')),
}

/** Redis; it keeps nothing over a restart unless `args` switch persistence on. */
export async function needRedis(options: NeedOptions = {}): Promise<NeededServer | Missing> {
  return await needServer(redis, options)
}
