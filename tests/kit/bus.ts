import { randomUUID } from 'node:crypto'
import { contracts } from '@luna/contracts'
import { type Bus, createEmbeddedBus, createNatsBus, type EventMessage, roleUrl, topologyOf } from '@luna/service'
import { type RunningLuna, waitFor } from '@luna/testing'
import { jetstreamManager } from '@nats-io/jetstream'
import { connect } from '@nats-io/transport-node'
import { query } from './database.ts'

const log = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined }

/** A place on the bus of a running Luna, as one of its services has it. */
export async function joinBus(luna: RunningLuna, natsUrl: string | null): Promise<Bus> {
  const topology = topologyOf(contracts)
  if (natsUrl) return createNatsBus({ url: natsUrl, topology, log, name: 'test', replicas: 1 })
  return createEmbeddedBus({ connectionString: roleUrl(await luna.databaseUrl(), 'bus'), topology, log })
}

/** An event as `service` would publish it, new to everybody. */
export function eventOf(
  service: string,
  name: string,
  payload: { personId: string } & Record<string, unknown>,
): EventMessage {
  const id = randomUUID()
  const headers = {
    'ce-specversion': '1.0',
    'ce-id': id,
    'ce-source': `/luna/${service}`,
    'ce-type': name,
    'ce-time': new Date(0).toISOString(),
    'content-type': 'application/json',
  }
  return { id, name, personId: payload.personId, data: JSON.stringify(payload), headers }
}

/** Waits until every listener has handled all that was published so far; who has not is named. */
export async function settled(luna: RunningLuna, natsUrl: string | null): Promise<void> {
  const idle = async () => {
    const busy = natsUrl ? await busyConsumers(natsUrl) : await busyListeners(luna)
    if (busy.length > 0) throw new Error(busy.join(', '))
    return true
  }
  await waitFor(idle, { timeoutMs: 30_000, intervalMs: 100, message: 'the bus to come to rest' })
}

async function busyListeners(luna: RunningLuna): Promise<string[]> {
  const rows = await query<{ listener: string }>(
    luna,
    'select distinct listener from bus.deliveries where dead_id is null order by 1',
  )
  return rows.map(({ listener }) => listener)
}

async function busyConsumers(natsUrl: string): Promise<string[]> {
  const connection = await connect({ servers: natsUrl })
  const busy: string[] = []
  try {
    const manager = await jetstreamManager(connection)
    for await (const stream of manager.streams.list())
      for await (const consumer of manager.consumers.list(stream.config.name))
        if (consumer.num_pending > 0 || consumer.num_ack_pending > 0) busy.push(consumer.name)
    return busy
  } finally {
    await connection.close()
  }
}
