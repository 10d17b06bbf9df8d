import { JetStreamApiError, jetstreamManager } from '@nats-io/jetstream'
import { connect } from '@nats-io/transport-node'
import { createNatsBus } from '../../src/bus/index.ts'
import type { Adapter } from './harness.ts'
import { silentLog } from './silent-log.ts'

export const natsAdapter = (url: string): Adapter => ({
  kind: 'nats',
  url: () => url,
  open: (topology, log = silentLog) => createNatsBus({ url, topology, log, name: 'tests' }),
  dump: () => dumpStreams(url),
})

/** Subject and data of every message in every stream. */
const dumpStreams = async (url: string): Promise<string> => {
  const connection = await connect({ servers: url })
  try {
    const manager = await jetstreamManager(connection)
    const found: string[] = []
    for await (const { config, state } of manager.streams.list()) {
      for (let seq = state.first_seq; state.messages > 0 && seq <= state.last_seq; seq += 1) {
        const stored = await manager.streams.getMessage(config.name, { seq }).catch((error: unknown) => {
          if (error instanceof JetStreamApiError) return null
          throw error
        })
        if (stored) found.push(`${stored.subject} ${stored.string()}`)
      }
    }
    return found.join('\n')
  } finally {
    await connection.close()
  }
}
