import type { ClientFrame, ServerFrame } from '@luna/contracts'
import { type WebSocket, WebSocketServer } from 'ws'

/** One socket as the server sees it: what came in, and a way to answer. */
export interface Peer {
  readonly received: ClientFrame[]
  /** The first frame of this type, received already or yet to come; `nth` counts from 1. */
  next<Type extends ClientFrame['type']>(type: Type, nth?: number): Promise<Extract<ClientFrame, { type: Type }>>
  say(...frames: ServerFrame[]): void
  /** Any text at all. */
  sayRaw(text: string): void
  close(code: number): void
  /** Cuts the line without a close frame. */
  cut(): void
}

export interface ScriptedServer {
  readonly url: string
  /** The nth socket that was opened, from 1. */
  peer(nth: number): Promise<Peer>
  readonly peers: Peer[]
  stop(): Promise<void>
}

interface Waiter {
  ready(): boolean
  resolve(): void
}

/** Stands in for the network and the gateway, line by line, so that every order of events can be played. */
export async function startScriptedServer(): Promise<ScriptedServer> {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 })
  await new Promise(resolve => server.once('listening', resolve))
  const { port } = server.address() as { port: number }
  const peers: Peer[] = []
  const waiters = new Set<Waiter>()

  const check = (): void => {
    for (const waiter of waiters) {
      if (!waiter.ready()) continue
      waiters.delete(waiter)
      waiter.resolve()
    }
  }
  const until = (ready: () => boolean): Promise<void> =>
    ready() ? Promise.resolve() : new Promise(resolve => waiters.add({ ready, resolve }))

  server.on('connection', socket => {
    peers.push(peerOf(socket, check, until))
    check()
  })

  return {
    url: `http://127.0.0.1:${port}`,
    peers,
    peer: async nth => {
      await until(() => peers.length >= nth)
      return peers[nth - 1] as Peer
    },
    stop: () =>
      new Promise(resolve => {
        for (const socket of server.clients) socket.terminate()
        server.close(() => resolve())
      }),
  }
}

function peerOf(socket: WebSocket, check: () => void, until: (ready: () => boolean) => Promise<void>): Peer {
  const received: ClientFrame[] = []
  socket.on('error', () => undefined)
  socket.on('message', data => {
    received.push(JSON.parse(String(data)) as ClientFrame)
    check()
  })
  return {
    received,
    next: async <Type extends ClientFrame['type']>(type: Type, nth = 1) => {
      const found = () => received.filter(frame => frame.type === type)
      await until(() => found().length >= nth)
      return found()[nth - 1] as Extract<ClientFrame, { type: Type }>
    },
    say: (...frames) => {
      for (const frame of frames) socket.send(JSON.stringify(frame))
    },
    sayRaw: text => socket.send(text),
    close: code => socket.close(code),
    cut: () => socket.terminate(),
  }
}
