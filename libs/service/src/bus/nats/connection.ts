import { LunaError } from '@luna/contracts'
import { createInbox, type NatsConnection } from '@nats-io/nats-core'
import { connect } from '@nats-io/transport-node'
import { pause } from '../pause.ts'
import type { BusLog } from '../types.ts'
import { serverAddresses } from './server-addresses.ts'

const reconnectWaitMs = 100

/** A connection that is made again for ever, and tells when it was. */
export interface Link {
  readonly connection: NatsConnection
  /** A new subject for answers to this user alone. */
  newInbox(): string
  readonly connected: boolean
  /** Calls back once if the connection is lost before the returned function is called. */
  onLost(handler: () => void): () => void
  /** The same as a promise. */
  nextLoss(): { happened: Promise<'lost'>; forget: () => void }
  /** Resolves when connected, or when the milliseconds are over. */
  whenConnected(milliseconds: number): Promise<void>
  /** Runs after each reconnect, in the order added; the next waits for the one before. */
  onReconnect(handler: () => void | Promise<void>): void
}

export interface LinkOptions {
  url: string
  name: string
  log: BusLog
  connectDeadlineMs: number
}

/** Rejects with `unavailable` when no server answers in time. */
export const openLink = async (options: LinkOptions): Promise<Link> => {
  const { log } = options
  const connection = await connectInTime(options)
  const handlers: (() => void | Promise<void>)[] = []
  const losers = new Set<() => void>()
  let connected = true
  let back: (() => void)[] = []

  const lose = () => {
    connected = false
    for (const handler of losers) handler()
    losers.clear()
  }

  const onLost = (handler: () => void) => {
    losers.add(handler)
    return () => void losers.delete(handler)
  }

  const recover = async () => {
    connected = true
    for (const resolve of back.splice(0)) resolve()
    for (const handler of handlers) {
      try {
        await handler()
      } catch (error) {
        const err = error instanceof Error ? error.message : typeof error
        log.warn({ err }, 'bus: a step after the reconnect failed')
      }
    }
  }

  void (async () => {
    for await (const status of connection.status()) {
      if (status.type === 'disconnect') {
        lose()
        log.warn({}, 'bus: the connection to NATS was lost')
      } else if (status.type === 'reconnect') {
        log.info({}, 'bus: connected to NATS again')
        void recover()
      } else if (status.type === 'error') {
        log.error({ err: status.error.message }, 'bus: NATS reports an error')
      }
    }
  })()
  void (async () => {
    const error = await connection.closed()
    lose()
    if (error) log.error({ err: error.message }, 'bus: the connection to NATS is closed for good')
  })()

  const { inboxPrefix } = serverAddresses(options.url)
  return {
    connection,
    newInbox: () => createInbox(inboxPrefix),
    get connected() {
      return connected
    },
    onLost,
    nextLoss() {
      const forgets: (() => void)[] = []
      const happened = new Promise<'lost'>(resolve => forgets.push(onLost(() => resolve('lost'))))
      return { happened, forget: () => forgets.forEach(forget => forget()) }
    },
    async whenConnected(milliseconds) {
      if (connected) return
      const over = new AbortController()
      back.push(() => over.abort())
      await pause(milliseconds, over.signal)
    },
    onReconnect: handler => void handlers.push(handler),
  }
}

const connectInTime = async (options: LinkOptions): Promise<NatsConnection> => {
  const deadline = performance.now() + options.connectDeadlineMs
  for (;;) {
    try {
      return await connect({
        ...serverAddresses(options.url),
        name: options.name,
        maxReconnectAttempts: -1,
        reconnectTimeWait: reconnectWaitMs,
        reconnectJitter: reconnectWaitMs,
        pingInterval: 20_000,
        timeout: 5_000,
        // Else each request takes a stack trace along, in case it fails.
        noAsyncTraces: true,
      })
    } catch (error) {
      if (performance.now() + reconnectWaitMs < deadline) {
        await pause(reconnectWaitMs)
        continue
      }
      throw new LunaError(
        'unavailable',
        `No NATS server answers at NATS_URL within ${options.connectDeadlineMs} ms ` +
          `(${error instanceof Error ? error.message : 'unknown fault'}). Start it, with JetStream, or correct the URL.`,
        { cause: error },
      )
    }
  }
}
