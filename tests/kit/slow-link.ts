import { createConnection, createServer, type Socket } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'

/** A way to a server through this process, which can be made slow or lose its connections without a word. */
export interface Link {
  readonly port: number
  /** Milliseconds that each piece is held back, in both directions. */
  delayMs: number
  /** From here on the connections of now carry nothing and are not closed: a peer that is gone without saying so. */
  strand(): number
  close(): Promise<void>
}

/** Listens on a free port of 127.0.0.1 and carries everything to `to`, in order. */
export async function openLink(to: { host: string; port: number }): Promise<Link> {
  const open = new Set<Socket>()
  const stranded = new WeakSet<Socket>()
  const server = createServer(near => {
    const far = createConnection(to)
    for (const [from, into] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(from)
      from.on('error', () => undefined)
      from.on('close', () => {
        open.delete(from)
        into.destroy()
      })
      void carry(from, into)
    }
  })

  async function carry(from: Socket, into: Socket): Promise<void> {
    try {
      for await (const piece of from) {
        if (link.delayMs > 0) await pause(link.delayMs)
        if (!stranded.has(from) && !into.destroyed) into.write(piece)
      }
      into.end()
    } catch {
      into.destroy()
    }
  }

  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const link: Link = {
    port: typeof address === 'object' && address ? address.port : 0,
    delayMs: 0,
    strand: () => {
      for (const socket of open) stranded.add(socket)
      return open.size / 2
    },
    close: () => {
      for (const socket of open) socket.destroy()
      return new Promise<void>(resolve => server.close(() => resolve()))
    },
  }
  return link
}

/** The same URL by way of a link. */
export function through(url: string, { port }: Pick<Link, 'port'>): string {
  const changed = new URL(url)
  changed.hostname = '127.0.0.1'
  changed.port = String(port)
  return changed.href.replace(/\/$/, '')
}
