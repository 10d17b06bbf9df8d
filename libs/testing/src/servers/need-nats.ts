import { firstReply } from './first-reply.ts'
import type { Missing, NeededServer, NeedOptions } from './need.ts'
import { needServer } from './need-server.ts'
import type { ServerKind } from './server-kind.ts'

const nats: ServerKind = {
  name: 'needs-nats',
  urlVariable: 'LUNA_TEST_NATS_URL',
  image: 'nats:2.12-alpine',
  imagePort: 4222,
  imageCommand: ['-js', '-sd', '/data'],
  program: 'nats-server',
  debianPackage: 'nats-server',
  args: (port, dir) => ['-js', '-sd', dir, '-a', '127.0.0.1', '-p', String(port)],
  urlOf: (host, port) => `nats://${host}:${port}`,
  answers: async (host, port) => /^INFO .*"jetstream":true/.test(await firstReply(host, port)),
}

/** NATS with JetStream on a folder of its own. */
export async function needNats(options: NeedOptions = {}): Promise<NeededServer | Missing> {
  return await needServer(nats, options)
}
