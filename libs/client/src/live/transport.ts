import type { ClientFrame, ServerFrame } from '@luna/contracts'
import { parseFrame } from './frames.ts'
import { silentPeer } from './reconnect.ts'
import type { Timings } from './timings.ts'

/** What a WebSocket class must offer: the browser's, Node 22's, or the `ws` package's. */
export type SocketConstructor = new (url: string) => SocketLike

export interface SocketLike {
  send(data: string): void
  close(code?: number, reason?: string): void
}

interface SocketEvents {
  addEventListener(type: 'open' | 'error', listener: () => void): void
  addEventListener(type: 'message', listener: (event: { data: unknown }) => void): void
  addEventListener(type: 'close', listener: (event: { code: number; reason: string }) => void): void
}

export interface TransportOptions {
  url: string
  WebSocket: SocketConstructor
  hello: Extract<ClientFrame, { type: 'hello' }>
  timings: Timings
  onFrame(frame: ServerFrame): void
  /** Called once, whoever closed. */
  onClose(code: number, reason: string): void
}

/** One socket from its `hello` to its end, watched for a peer that is gone without saying so. */
export interface Transport {
  send(frame: ClientFrame): void
  /** Asks for a sign of life now, as after the machine has slept. */
  probe(): void
  close(code?: number, reason?: string): void
}

export function openTransport(options: TransportOptions): Transport {
  const { timings } = options
  const socket = new options.WebSocket(options.url) as SocketLike & SocketEvents
  let open = false
  let over = false
  let idle: ReturnType<typeof setTimeout> | undefined
  let dead: ReturnType<typeof setTimeout> | undefined = setTimeout(
    () => finish(silentPeer, 'no ready in time'),
    timings.readyMs,
  )

  const finish = (code: number, reason: string): void => {
    if (over) return
    over = true
    clearTimeout(idle)
    clearTimeout(dead)
    try {
      socket.close(code >= 3000 && code <= 4999 ? code : 1000, reason)
    } catch {
      // A socket that cannot be closed is closed.
    }
    options.onClose(code, reason)
  }
  const heard = (): void => {
    clearTimeout(dead)
    dead = undefined
    clearTimeout(idle)
    idle = setTimeout(probe, timings.pingMs)
  }
  const probe = (): void => {
    if (over || !open || dead !== undefined) return
    clearTimeout(idle)
    dead = setTimeout(() => finish(silentPeer, 'the server is silent'), timings.pongMs)
    send({ type: 'ping' })
  }
  const send = (frame: ClientFrame): void => {
    if (!over && open) socket.send(JSON.stringify(frame))
  }

  socket.addEventListener('open', () => {
    open = true
    send(options.hello)
  })
  socket.addEventListener('message', event => {
    const frame = parseFrame(event.data)
    if (over) return
    if (frame?.type === 'ready' || idle !== undefined) heard()
    if (frame && frame.type !== 'pong') options.onFrame(frame)
  })
  socket.addEventListener('close', event => finish(event.code, event.reason))
  socket.addEventListener('error', () => undefined)

  return { send, probe, close: (code = 1000, reason = '') => finish(code, reason) }
}
