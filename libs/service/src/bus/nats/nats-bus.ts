import { LunaError } from '@luna/contracts'
import { jetstream, jetstreamManager } from '@nats-io/jetstream'
import { checkAddress, checkEvent, checkListener, unknownEvent } from '../check-message.ts'
import { pause } from '../pause.ts'
import { reasonOf } from '../reason.ts'
import { secondListener } from '../second-listener.ts'
import type { Bus, BusLog, BusTopology, EventHandler, ListenerOptions, Subscription } from '../types.ts'
import { NatsCalls } from './calls.ts'
import { openLink } from './connection.ts'
import { createDeadLetters } from './dead-letters.ts'
import { isSecondConsumer } from './ensure-consumer.ts'
import { ensureStreams, streamsFor } from './ensure-streams.ts'
import { feedSubject, NatsFeeds } from './feeds.ts'
import { ListenerWorker } from './listener-worker.ts'
import { StreamPublisher } from './publisher.ts'
import { purgePerson } from './purge-person.ts'
import { replayFrames } from './replay.ts'
import { retireListeners } from './retire-listeners.ts'
import { allOf, streams, tokenOf } from './subjects.ts'

export interface NatsBusOptions {
  /** One or more, comma-separated. */
  url: string
  topology: BusTopology
  log: BusLog
  /** Of this process, as the server shows it. */
  name: string
  /** Shown by `nats micro ls`: a semantic version. */
  version?: string
  /** Copies of each stream in the cluster: 1 or 3. */
  replicas?: number
  /** In [0, 1). */
  random?: () => number
  connectDeadlineMs?: number
  /** Milliseconds that a publish waits for the server before it rejects. */
  publishDeadlineMs?: number
  keepFramesMs?: number
  keepFramesBytes?: number
}

const minute = 60_000
const mebibyte = 1024 * 1024

/** The bus on NATS with JetStream. Rejects with `unavailable` when no server with JetStream answers. */
export const createNatsBus = async (options: NatsBusOptions): Promise<Bus> => {
  const { topology, log } = options
  const purged = new Set(topology.events.filter(event => event.purgeWhenHandled).map(event => event.name))
  const known = new Set(topology.events.map(event => event.name))
  const wanted = streamsFor(topology, {
    replicas: options.replicas ?? 1,
    duplicateWindowMs: 10 * minute,
    keepFramesMs: options.keepFramesMs ?? 20 * minute,
    keepFramesBytes: options.keepFramesBytes ?? 256 * mebibyte,
  })
  const link = await openLink({
    url: options.url,
    name: options.name,
    log,
    connectDeadlineMs: options.connectDeadlineMs ?? 10_000,
  })
  const { connection } = link
  const client = jetstream(connection)
  const manager = await jetstreamManager(connection, { checkAPI: false })
  try {
    await ensureStreams(manager, wanted)
  } catch (error) {
    await connection.close()
    throw error
  }
  const publisher = new StreamPublisher(link, client, options.publishDeadlineMs ?? 10_000)
  const tools = { link, manager, publisher, log, random: options.random ?? Math.random }
  const calls = new NatsCalls(link, options.version ?? '0.1.0', log)
  const feeds = new NatsFeeds(link, log)
  const workers = new Set<ListenerWorker>()
  const subscriptions = new Set<Subscription>()
  const reconnected: (() => void)[] = []
  const keep = (subscription: Subscription): Subscription => {
    const kept = { stop: () => subscription.stop().finally(() => subscriptions.delete(kept)) }
    subscriptions.add(kept)
    return kept
  }

  link.onReconnect(async () => {
    // JetStream may need a moment more than the server; streams in memory are gone with it.
    while (link.connected) {
      try {
        await ensureStreams(manager, wanted)
        break
      } catch (error) {
        log.warn({ reason: reasonOf(error) }, 'bus: the streams are not there yet')
        await pause(250)
      }
    }
    if (!link.connected) return
    feeds.release()
    for (const worker of workers) void worker.recover()
    for (const handler of reconnected) handler()
  })

  const listen = async (listener: ListenerOptions, handler: EventHandler): Promise<Subscription> => {
    checkListener(listener.listener)
    if (!known.has(listener.event)) throw unknownEvent(listener.event)
    const name = tokenOf(listener.listener)
    const { ackWaitMs } = listener
    const stream = purged.has(listener.event) ? streams.sealed : streams.events
    const own = new ListenerWorker(listener, handler, { stream, name, filter: allOf(listener.event), ackWaitMs }, tools)
    const again = new ListenerWorker(
      { ...listener, concurrency: 1 },
      handler,
      { stream: streams.redeliveries, name, filter: `redeliver.${name}.>`, ackWaitMs },
      tools,
    )
    try {
      await own.start()
      await again.start()
    } catch (error) {
      await Promise.all([own.stop(), again.stop()])
      throw isSecondConsumer(error) ? secondListener(listener.event, listener.listener) : error
    }
    const both = [own, again]
    for (const worker of both) workers.add(worker)
    return keep({
      stop: async () => {
        for (const worker of both) workers.delete(worker)
        await Promise.all(both.map(worker => worker.stop()))
      },
    })
  }

  return {
    kind: 'nats',
    async publish(messages) {
      for (const message of messages) {
        checkEvent(message)
        if (!known.has(message.name)) throw unknownEvent(message.name)
      }
      await publisher.publish(messages)
    },
    listen,
    retireListeners: (service, keepThese) => retireListeners(manager, service, keepThese),
    serve: async (service, name, handler) => keep(await calls.serve(service, name, handler)),
    call: (name, data, callOptions) => calls.call(name, data, callOptions),
    emit: (address, data) => feeds.emit(address, data),
    subscribe: async (address, handler) => keep(await feeds.subscribe(address, handler)),
    async replay(address) {
      checkAddress(address)
      if (!topology.replayedFeeds.includes(address.name)) return []
      return await replayFrames({ link, client, manager }, address)
    },
    async trim(address) {
      checkAddress(address)
      if (!topology.replayedFeeds.includes(address.name)) return
      await manager.streams.purge(streams.feeds, { filter: feedSubject(address) })
    },
    deadLetters: createDeadLetters(manager, publisher),
    purgePerson: (personId, exceptEvents) => purgePerson(manager, topology, personId, exceptEvents),
    onReconnect: handler => void reconnected.push(handler),
    async check() {
      if (!link.connected) throw new LunaError('unavailable', 'The connection to NATS is lost; it is being made again.')
      await manager.streams.info(streams.deadLetters)
    },
    async close() {
      await Promise.all([...subscriptions].map(subscription => subscription.stop()))
      if (link.connected) await connection.flush().catch(() => undefined)
      await connection.close()
    },
  }
}
