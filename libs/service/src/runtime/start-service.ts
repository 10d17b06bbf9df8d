import { type Contract, type FeedDefinition, gateway, healthOf, lunaVersion, type Payload } from '@luna/contracts'
import type { z } from 'zod'
import { withPrefix } from '../blobs/index.ts'
import type { Subscription } from '../bus/index.ts'
import { createCaller } from '../calls/caller.ts'
import { serveCall } from '../calls/serve.ts'
import { systemClock, systemRandom } from '../clock.ts'
import { createDatabase, createPool, migrate } from '../database/index.ts'
import type { BaseContext } from '../define/base-context.ts'
import type { Running, ServiceDefinition } from '../define/service-definition.ts'
import { createPersonKeys } from '../keys/index.ts'
import { type Relay, startRelay } from '../outbox/relay.ts'
import { createTransactions, envelope } from '../outbox/transactions.ts'
import { system } from '../scope.ts'
import { startInboxSweep } from './inbox-sweep.ts'
import { listenerName, startListener } from './listen.ts'
import type { Platform } from './platform.ts'

export interface RunningService {
  readonly name: string
  readonly instanceId: string
  /** Every piece it stands on: `ok`, or what is wrong. */
  checks(): Promise<Record<string, string>>
  /** Takes no new work, ends what is in hand, lets go of everything. */
  stop(): Promise<void>
}

const keyCache = { ttlMs: 10 * 60_000, max: 10_000 }

/** Starts one service on a platform: schema, role, context, calls, feeds, listeners, then its own running work. */
export async function startService<
  C extends Contract,
  Tables,
  Config extends z.ZodType,
  Context extends BaseContext<Tables, C>,
>(
  definition: ServiceDefinition<C, Tables, Config, Context>,
  platform: Platform,
  config: z.output<Config>,
): Promise<RunningService> {
  const { bus, adminUrl } = platform
  const { name, contract, owns } = definition
  const log = platform.log.child({ service: name })
  const instanceId = `${name}-${systemRandom.id()}`
  const maker = { service: name, clock: systemClock, random: systemRandom }

  await migrate(adminUrl, owns.schema, owns.migrations)
  const pool = createPool({ adminUrl, schema: owns.schema, max: owns.connections ?? 8, log })
  const store = createDatabase<Tables>(pool, owns.schema)

  let relay: Relay | null = null
  const transactions = createTransactions<Tables, C>({
    ...maker,
    store,
    log,
    relay: () => {
      if (!relay) throw new Error(`${name} published before its outbox was up`)
      return relay
    },
  })
  const call = createCaller(bus)
  const keys = createPersonKeys({
    ...keyCache,
    clock: systemClock,
    fetchKey: async personId =>
      Buffer.from((await call(gateway.calls.personKey, { personId }, { scope: system })).key, 'base64'),
  })

  const base: BaseContext<Tables, C> = {
    service: name,
    instanceId,
    embedded: platform.embedded,
    db: transactions,
    store,
    keys,
    blobs: withPrefix(platform.blobs, name),
    clock: systemClock,
    random: systemRandom,
    log,
    bus,
    telemetry: platform.telemetry,
    call,
    publishNow: (event, payload) => bus.publish([envelope(maker, event.name, payload as { personId: string | null })]),
    emit: (feed, key, frame) => bus.emit({ name: feed.name, key }, JSON.stringify(frame)),
    watch: (feed, key, handler) =>
      bus.subscribe({ name: feed.name, key }, (data, at) => handler(JSON.parse(data) as Payload<typeof feed>, at)),
    replay: async (feed, key) =>
      (await bus.replay({ name: feed.name, key })).map(data => JSON.parse(data) as Payload<typeof feed>),
  }
  const context = await definition.context(base, config)

  relay = startRelay({
    db: store.work as never,
    bus,
    log,
    async rebuild(feedName, reference) {
      const entry = Object.entries(contract.feeds).find(([, feed]) => feed.name === feedName)
      const build = entry ? definition.rebuilds?.[entry[0]] : undefined
      const frame = build ? await build(reference, context) : null
      return frame === null ? null : JSON.stringify(frame)
    },
  })

  const checks = async (): Promise<Record<string, string>> => {
    const say = (work: Promise<void>) =>
      work.then(() => 'ok').catch((error: unknown) => (error instanceof Error ? error.message : 'not reachable'))
    const [database, onBus] = await Promise.all([say(store.check()), say(bus.check())])
    return { database, bus: onBus }
  }

  const subscriptions: Subscription[] = []
  const runs: Running[] = []
  const keep = async (starting: Promise<Subscription>) => void subscriptions.push(await starting)
  const broadcast = (feed: FeedDefinition, handler: (frame: never, key: string) => void) =>
    keep(base.watch(feed, feed.key === 'everyone' ? 'all' : '*', handler as (frame: unknown, key: string) => void))

  try {
    await broadcast(gateway.feeds.keyDestroyed, (frame: Payload<typeof gateway.feeds.keyDestroyed>) =>
      keys.drop(frame.personId),
    )
    for (const { feed, handler } of definition.watches ?? [])
      await broadcast(feed, (frame, key) => handler(frame, context, key))
    const healthCall = healthOf(name)
    await keep(
      serveCall({
        bus,
        service: name,
        definition: healthCall,
        log,
        handler: async () => {
          const found = await checks()
          const ready = Object.values(found).every(state => state === 'ok')
          return { service: name, instanceId, version: lunaVersion, ready, checks: found }
        },
      }),
    )
    for (const [key, handler] of Object.entries(definition.serves)) {
      const callDefinition = contract.calls[key]
      if (callDefinition)
        await keep(
          serveCall({
            bus,
            service: name,
            definition: callDefinition,
            log,
            handler: (input, request) => handler(input as never, context, request),
          }),
        )
    }
    subscriptions.push(startInboxSweep(store.work as never, log))
    for (const work of definition.runs ?? []) runs.push(await work.start(context))
    for (const listener of definition.listens)
      await keep(
        startListener(listener, { service: name, schema: owns.schema, bus, context, run: transactions.run, log }),
      )
    await bus.retireListeners(
      name,
      definition.listens.map(listener => listenerName(name, listener.event.name)),
    )
  } catch (error) {
    await stop()
    throw error
  }

  async function stop(): Promise<void> {
    for (const run of runs.splice(0).toReversed()) await run.stop()
    for (const subscription of subscriptions.splice(0).toReversed()) await subscription.stop()
    await relay?.stop()
    await store.close()
  }

  return { name, instanceId, checks, stop }
}
