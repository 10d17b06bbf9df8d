import type { GatewayContext } from '../context.ts'
import type { Hub } from '../live/hub.ts'
import type { Connection } from './connection.ts'
import type { SocketTimings } from './timings.ts'

/** What all sockets of a gateway share. */
export interface Gate {
  readonly ctx: GatewayContext
  readonly hub: Hub
  readonly timings: SocketTimings
  /** Told when a socket has gone. */
  gone(connection: Connection): void
}
