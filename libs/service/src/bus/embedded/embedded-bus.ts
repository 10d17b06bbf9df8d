import { checkEvent, checkListener, unknownEvent } from '../check-message.ts'
import type { Bus, BusLog, BusTopology, EventHandler, ListenerOptions, Subscription } from '../types.ts'
import { EmbeddedCalls } from './calls.ts'
import { openDatabase } from './database.ts'
import { createDeadLetters, purgePerson } from './dead-letters.ts'
import { EmbeddedFeeds } from './feeds.ts'
import { Janitor } from './janitor.ts'
import { ListenerWorker } from './listener-worker.ts'
import { LocalListeners } from './local-listeners.ts'
import { Publisher } from './publisher.ts'
import { registerListener, retireListeners } from './registry.ts'
import { Settler } from './settler.ts'

export interface EmbeddedBusOptions {
  /** Logs in as `luna_bus` to a database that has had `ensureBusSchema`. */
  connectionString: string
  topology: BusTopology
  log: BusLog
  /** Milliseconds on a clock that never goes back. */
  clock?: () => number
  /** In [0, 1). */
  random?: () => number
  /** Milliseconds that a publish waits for the database before it rejects. */
  publishDeadlineMs?: number
  /** Milliseconds between looks for deliveries that nobody was told of. */
  pollMs?: number
  /** Milliseconds that the id of a handled event is remembered. */
  rememberMs?: number
  /** Milliseconds that frames of replayed feeds are kept after the last one of their address. */
  keepFramesMs?: number
  /** Bytes of kept frames, over all addresses. */
  keepFramesBytes?: number
}

/** The bus within one process, on a durable log in PostgreSQL. Rejects with `unavailable` when the log cannot be used. */
export const createEmbeddedBus = async (options: EmbeddedBusOptions): Promise<Bus> => {
  const { log, topology } = options
  const purged = new Set(topology.events.filter(event => event.purgeWhenHandled).map(event => event.name))
  const known = new Set(topology.events.map(event => event.name))
  const local = new LocalListeners()
  const reconnected: (() => void)[] = []
  const wake = (listener: string) => local.of(listener).forEach(worker => worker.wake())
  const database = await openDatabase({
    connectionString: options.connectionString,
    log,
    onReconnect: () => {
      for (const worker of local.all()) worker.wake()
      for (const handler of reconnected) handler()
    },
  })
  const settler = new Settler(database, log, options.random ?? Math.random)
  const publisher = new Publisher({ database, local, purged, log, deadlineMs: options.publishDeadlineMs ?? 10_000 })
  const { pollMs = 1_000, rememberMs = 600_000 } = options
  const janitor = new Janitor({ database, local, purged, log, pollMs, rememberMs })
  const calls = new EmbeddedCalls(log)
  const feeds = new EmbeddedFeeds({
    replayed: new Set(topology.replayedFeeds),
    limits: { idleMs: options.keepFramesMs ?? 600_000, totalBytes: options.keepFramesBytes ?? 64 * 1024 * 1024 },
    now: options.clock ?? (() => performance.now()),
    log,
  })
  const subscriptions = new Set<Subscription>()
  const keep = (subscription: Subscription): Subscription => {
    const kept = { stop: () => subscription.stop().finally(() => subscriptions.delete(kept)) }
    subscriptions.add(kept)
    return kept
  }

  const listen = async (listener: ListenerOptions, handler: EventHandler): Promise<Subscription> => {
    checkListener(listener.listener)
    if (!known.has(listener.event)) throw unknownEvent(listener.event)
    await registerListener(database, listener.listener, listener.event, purged.has(listener.event))
    const worker = new ListenerWorker(listener, handler, { database, settler, log })
    local.add(worker)
    await janitor.look()
    worker.wake()
    return keep({
      stop: async () => {
        local.remove(worker)
        await worker.stop()
      },
    })
  }

  return {
    kind: 'embedded',
    async publish(messages) {
      for (const message of messages) {
        checkEvent(message)
        if (!known.has(message.name)) throw unknownEvent(message.name)
      }
      await publisher.publish(messages)
    },
    listen,
    retireListeners: (service, keepThese) => retireListeners(database, service, keepThese, purged),
    serve: async (_service, name, handler) => keep(calls.serve(name, handler)),
    call: (name, data, callOptions) => calls.call(name, data, callOptions),
    emit: (address, data) => feeds.emit(address, data),
    subscribe: async (address, handler) => keep(feeds.subscribe(address, handler)),
    replay: async address => feeds.replay(address),
    trim: async address => feeds.trim(address),
    deadLetters: createDeadLetters(database, wake),
    purgePerson: (personId, exceptEvents) => purgePerson(database, personId, exceptEvents),
    onReconnect: handler => void reconnected.push(handler),
    check: async () => void (await database.run({ name: 'bus-check', text: 'SELECT 1' }, [])),
    async close() {
      await Promise.all([...subscriptions].map(subscription => subscription.stop()))
      await publisher.idle()
      await janitor.close()
      await settler.close()
      feeds.close()
      await database.close()
    },
  }
}
