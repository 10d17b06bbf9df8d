import type { CallDefinition, CallInput, CallOutput, EventDefinition, Payload } from '@luna/contracts'
import { gateway, plugins } from '@luna/contracts'
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

type Erased = Payload<typeof plugins.events.erased>

/** The service on a database and a bus of its own, and the bus as any other service has it. */
export interface OnABus {
  bus: Bus
  publish<D extends EventDefinition>(event: D, payload: Payload<D>, at?: Date): Promise<string>
  call<D extends CallDefinition>(call: D, input: CallInput<D>, scope: Scope): Promise<CallOutput<D>>
  /** All that was logged. */
  logs(): string
  /** Stands in for a service that is not here: serves a call of its contract. */
  answer<D extends CallDefinition>(
    call: D,
    handler: (input: CallInput<D>) => Promise<unknown>,
  ): { asked: readonly unknown[] }
  /** The answers to erasures so far. */
  receipts: readonly Erased[]
  /** Runs SQL as the service's own role, or as administrator. */
  sql(text: string, as: 'role' | 'administrator'): Promise<Record<string, unknown>[]>
  close(): Promise<void>
}

export async function onABus(env: Record<string, string> = {}): Promise<OnABus> {
  const [database, folder] = await Promise.all([createTestDatabase(), scratchDir('plugins')])
  const lines: string[] = []
  const settings = platformConfig.parse({ DATABASE_URL: database.url, LUNA_DATA_DIR: folder.path })
  const platform = await openPlatform(settings, {
    log: createLogger({ service: 'test', level: 'debug', destination: { write: line => void lines.push(line) } }),
  })
  const running = await startService(service, platform, config.parse(env))
  const call = createCaller(platform.bus)
  const keys = new Map<string, string>()
  await platform.bus.serve('gateway', gateway.calls.personKey.name, async ({ data }) => {
    const { personId } = JSON.parse(data) as { personId: string }
    const key = keys.get(personId) ?? Buffer.from(systemRandom.bytes(32)).toString('base64')
    keys.set(personId, key)
    return { ok: true, data: JSON.stringify({ key }) }
  })
  const receipts: Erased[] = []
  const listener = { listener: 'test--erased', event: plugins.events.erased.name, concurrency: 1 }
  await platform.bus.listen({ ...listener, ackWaitMs: 30_000, backoffMs: [100] }, async ({ message }) => {
    receipts.push(JSON.parse(message.data) as Erased)
  })
  return {
    bus: platform.bus,
    receipts,
    logs: () => lines.join('\n'),
    answer(definition, handler) {
      const asked: unknown[] = []
      void platform.bus.serve('test', definition.name, async ({ data }) => {
        const input: unknown = JSON.parse(data)
        asked.push(input)
        return { ok: true, data: JSON.stringify(await handler(input as never)) }
      })
      return { asked }
    },
    async publish(event, payload, at = new Date()) {
      const id = systemRandom.id()
      const { personId } = payload as { personId: string }
      const headers = { 'ce-time': at.toISOString() }
      await platform.bus.publish([{ id, name: event.name, personId, data: JSON.stringify(payload), headers }])
      return id
    },
    call: (definition, input, scope) => call(definition, input, { scope }),
    async sql(text, as) {
      const url = as === 'role' ? roleUrl(database.url, 'plugins') : database.url
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
