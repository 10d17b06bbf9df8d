import { randomBytes, randomUUID } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { type RunningProcess, runProcess, waitFor } from '@luna/testing'
import { afterEach } from 'vitest'
import type { Bus, BusLog, BusTopology, Delivery, EventMessage, ListenerOptions } from '../../src/bus/index.ts'

export interface Adapter {
  kind: Bus['kind']
  /** Another replica on the same log or server. */
  open(topology: BusTopology, log?: BusLog): Promise<Bus>
  /** What a process of its own needs to open one. */
  url(): string
  /** Everything that is stored, as text. */
  dump(): Promise<string>
}

/** Names that no other test uses. */
export const names = () => {
  const service = `t${randomBytes(5).toString('hex')}`
  const event = `${service}.happened.v1`
  const other = `${service}.changed.v1`
  const sealed = `${service}.written.v1`
  const replayed = `${service}.frames.v1`
  const topology: BusTopology = {
    events: [
      { name: event, purgeWhenHandled: false },
      { name: other, purgeWhenHandled: false },
      { name: sealed, purgeWhenHandled: true },
    ],
    replayedFeeds: [replayed],
  }
  const call = `${service}.ask.v1`
  const live = `${service}.live.v1`
  return { service, event, other, sealed, replayed, live, call, topology }
}

export type Names = ReturnType<typeof names>

export const message = (name: string, fields: Partial<EventMessage> = {}): EventMessage => ({
  id: randomUUID(),
  name,
  personId: randomUUID(),
  data: '{"n":1}',
  headers: { 'ce-source': 'tests' },
  ...fields,
})

export const listenerFor = (event: string, name: string, fields: Partial<ListenerOptions> = {}): ListenerOptions => ({
  listener: `${name}--${event}`,
  event,
  concurrency: 8,
  ackWaitMs: 2_000,
  backoffMs: [20, 20],
  ...fields,
})

const fenceData = '"fence"'

/** A handler that remembers its deliveries, but for fences. */
export const recorder = () => {
  const deliveries: Delivery[] = []
  const handler = async (delivery: Delivery) => {
    if (delivery.message.data !== fenceData) deliveries.push(delivery)
  }
  const ids = () => deliveries.map(delivery => delivery.message.id)
  const has = (count: number) =>
    waitFor(() => deliveries.length >= count, { timeoutMs: 15_000, message: `${count} deliveries` })
  return { deliveries, handler, ids, has }
}

/** Opens buses and closes them after each test. */
export const opener = (adapter: Adapter) => {
  const opened: Bus[] = []
  afterEach(async () => {
    await Promise.all(opened.splice(0).map(bus => bus.close()))
  })
  return async (topology: BusTopology, log?: BusLog): Promise<Bus> => {
    const bus = await adapter.open(topology, log)
    opened.push(bus)
    return bus
  }
}

export type Open = ReturnType<typeof opener>

/** A log that remembers everything it was told. */
export const rememberingLog = () => {
  const lines: string[] = []
  const remember = (fields: object, text: string) => void lines.push(`${text} ${JSON.stringify(fields)}`)
  return { lines, log: { debug: remember, info: remember, warn: remember, error: remember } satisfies BusLog }
}

/** A process of its own with one listener that holds its deliveries for ever, or dies of them. */
export const startPeer = (
  adapter: Adapter,
  topology: BusTopology,
  options: ListenerOptions,
  deed: 'hold' | 'die',
): Promise<RunningProcess> =>
  runProcess({
    entry: fileURLToPath(new URL('./peer.ts', import.meta.url)),
    args: [JSON.stringify({ kind: adapter.kind, url: adapter.url(), topology, options, deed })],
    ready: 'listening',
  })

/** Carries a fence to the end, behind everything published before, so that what was to come has come. */
export const settled = async (bus: Bus, event: string): Promise<void> => {
  let passed = false
  const subscription = await bus.listen(
    listenerFor(event, `fence${randomBytes(4).toString('hex')}`),
    async delivery => {
      if (delivery.message.data === fenceData) passed = true
    },
  )
  await bus.publish([message(event, { data: fenceData })])
  await waitFor(() => passed)
  await subscription.stop()
}

/** A promise that the test settles. */
export const gate = () => {
  const settle = new AbortController()
  const opened = new Promise<void>(resolve => {
    settle.signal.addEventListener('abort', () => resolve())
  })
  return { open: () => settle.abort(), opened }
}
