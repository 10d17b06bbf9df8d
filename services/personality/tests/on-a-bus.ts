import {
  type CallDefinition,
  type CallInput,
  type CallOutput,
  type EventDefinition,
  type Payload,
  personality,
} from '@luna/contracts'
import {
  type Bus,
  createCaller,
  createLogger,
  openPlatform,
  platformConfig,
  roleUrl,
  type Scope,
  startService,
  systemRandom,
} from '@luna/service'
import { createTestDatabase, scratchDir } from '@luna/testing'
import pg from 'pg'
import { config } from '../src/config.ts'
import { service } from '../src/service.ts'
import { type Neighbours, neighboursOnTheBus } from './neighbours.ts'

type Erased = Payload<typeof personality.events.erased>

/** The service on a database and a bus of its own, and the bus as any other service has it. */
export interface OnABus {
  bus: Bus
  /** What chat and gateway would say. */
  neighbours: Neighbours
  publish<D extends EventDefinition>(event: D, payload: Payload<D>, at?: Date, id?: string): Promise<string>
  call<D extends CallDefinition>(call: D, input: CallInput<D>, scope: Scope): Promise<CallOutput<D>>
  /** The answers to erasures so far. */
  receipts: readonly Erased[]
  /** Runs SQL as the service's own role, or as administrator. */
  sql(text: string, as: 'role' | 'administrator'): Promise<Record<string, unknown>[]>
  close(): Promise<void>
}

export async function onABus(environment: Record<string, string> = {}): Promise<OnABus> {
  const [database, folder] = await Promise.all([createTestDatabase(), scratchDir('personality')])
  const settings = platformConfig.parse({ DATABASE_URL: database.url, LUNA_DATA_DIR: folder.path })
  const platform = await openPlatform(settings, { log: createLogger({ service: 'test', level: 'silent' }) })
  const neighbours = await neighboursOnTheBus(platform.bus)
  const running = await startService(service, platform, config.parse(environment))
  const call = createCaller(platform.bus)
  const receipts: Erased[] = []
  const listener = { listener: 'test--erased', event: personality.events.erased.name, concurrency: 1 }
  await platform.bus.listen({ ...listener, ackWaitMs: 30_000, backoffMs: [100] }, async ({ message }) => {
    receipts.push(JSON.parse(message.data) as Erased)
  })
  return {
    bus: platform.bus,
    neighbours,
    receipts,
    async publish(event, payload, at = new Date(), id = systemRandom.id()) {
      const { personId } = payload as { personId: string }
      const headers = { 'ce-time': at.toISOString() }
      await platform.bus.publish([{ id, name: event.name, personId, data: JSON.stringify(payload), headers }])
      return id
    },
    call: (definition, input, scope) => call(definition, input, { scope }),
    async sql(text, as) {
      const url = as === 'role' ? roleUrl(database.url, 'personality') : database.url
      const client = new pg.Client({ connectionString: url })
      await client.connect()
      try {
        return (await client.query(text)).rows as Record<string, unknown>[]
      } finally {
        await client.end()
      }
    },
    async close() {
      await running.stop()
      await platform.stop()
      await database.drop()
      await folder.remove()
    },
  }
}
