import type { CallDefinition, CallInput, CallOutput, EventDefinition, Payload } from '@luna/contracts'
import {
  type Bus,
  createCaller,
  createLogger,
  openPlatform,
  type Platform,
  platformConfig,
  type RunningService,
  roleUrl,
  type Scope,
  startService,
  systemRandom,
} from '@luna/service'
import { createTestDatabase, scratchDir } from '@luna/testing'
import pg from 'pg'
import { config } from '../src/config.ts'
import { createContext, type MemoryContext } from '../src/context.ts'
import { service } from '../src/service.ts'

/** Memory on a database and a bus of its own, and the bus as any other service has it. */
export interface OnABus {
  bus: Bus
  ctx: MemoryContext
  publish<D extends EventDefinition>(event: D, payload: Payload<D>): Promise<string>
  call<D extends CallDefinition>(call: D, input: CallInput<D>, scope: Scope): Promise<CallOutput<D>>
  /** Runs SQL as the service's own role, or as administrator. */
  sql(text: string, as: 'role' | 'administrator'): Promise<Record<string, unknown>[]>
  close(): Promise<void>
}

/** @param environment memory's own settings; unless told otherwise it learns by rules, as soon as it is asked to */
export async function onABus(natsUrl?: string, environment: Record<string, string> = {}): Promise<OnABus> {
  const [database, folder] = await Promise.all([createTestDatabase(), scratchDir('memory')])
  const settings = platformConfig.parse({ DATABASE_URL: database.url, LUNA_DATA_DIR: folder.path, NATS_URL: natsUrl })
  const log = createLogger({ service: 'test', level: 'silent' })
  const platform: Platform = await openPlatform(settings, { log })
  let ctx: MemoryContext | undefined
  const running: RunningService = await startService(
    {
      ...service,
      context: (base, own) => {
        ctx = createContext(base, own)
        return ctx
      },
    },
    platform,
    config.parse({ LUNA_MEMORY_EXTRACTOR: 'off', ...environment }),
  )
  if (!ctx) throw new Error('the service made no context')
  const call = createCaller(platform.bus)
  return {
    bus: platform.bus,
    ctx,
    async publish(event, payload) {
      const id = systemRandom.id()
      await platform.bus.publish([
        {
          id,
          name: event.name,
          personId: (payload as { personId: string }).personId,
          data: JSON.stringify(payload),
          headers: {},
        },
      ])
      return id
    },
    call: (definition, input, scope) => call(definition, input, { scope }),
    async sql(text, as) {
      const client = new pg.Client({ connectionString: as === 'role' ? roleUrl(database.url, 'memory') : database.url })
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
