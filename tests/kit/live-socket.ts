import { isTurnEnd, parseFrame, type TurnEnd } from '@luna/client'
import type { ServerFrame } from '@luna/contracts'
import { WebSocket } from 'ws'

type Type = ServerFrame['type']
type Of<T extends Type> = Extract<ServerFrame, { type: T }>

export interface SocketClose {
  code: number
  reason: string
}

/** A bare socket of the live protocol: nothing is sent again, nothing is resumed. */
export interface LiveSocket {
  /** Every frame so far. */
  readonly frames: readonly ServerFrame[]
  readonly raw: WebSocket
  send(frame: object | string): void
  /** The first frame that fits, past ones included; rejects when the socket closes without one. */
  find<F extends ServerFrame>(fits: (frame: ServerFrame) => frame is F): Promise<F>
  find(fits: (frame: ServerFrame) => boolean): Promise<ServerFrame>
  next<T extends Type>(type: T, fits?: (frame: Of<T>) => boolean): Promise<Of<T>>
  /** The end of this turn. */
  end(turnId: string): Promise<TurnEnd>
  readonly closed: Promise<SocketClose>
  close(): Promise<SocketClose>
  /** Cuts the connection as a lost network does: no close frame. */
  cut(): Promise<SocketClose>
}

const patienceMs = 20_000

export interface OpenOptions {
  headers?: Record<string, string>
  /** Called for each frame, in order, before anybody who waits hears of it. */
  onFrame?: (frame: ServerFrame, socket: LiveSocket) => void
}

/** Opens a socket without a word. */
export async function openSocket(url: string, options: OpenOptions = {}): Promise<LiveSocket> {
  const raw = new WebSocket(`${url.replace(/^http/, 'ws')}/ws`, { headers: options.headers ?? {} })
  const frames: ServerFrame[] = []
  const waiting = new Set<() => void>()
  const wake = () => {
    for (const look of waiting) look()
  }
  let isClosed = false
  const closed = new Promise<SocketClose>(resolve => {
    raw.on('close', (code, reason) => {
      isClosed = true
      resolve({ code, reason: reason.toString() })
      wake()
    })
  })
  raw.on('error', () => undefined)

  const find = (fits: (frame: ServerFrame) => boolean): Promise<ServerFrame> =>
    new Promise((resolve, reject) => {
      const fail = (why: string) => {
        stop()
        const seen = frames.slice(-5).map(frame => frame.type)
        reject(new Error(`${why}; the last of ${frames.length} frames: ${seen.join(', ') || 'none'}`))
      }
      const timer = setTimeout(() => fail(`No such frame in ${patienceMs} ms`), patienceMs)
      const stop = () => {
        clearTimeout(timer)
        waiting.delete(look)
      }
      const look = () => {
        const found = frames.find(fits)
        if (found) {
          stop()
          resolve(found)
        } else if (isClosed) fail('The socket closed without such a frame')
      }
      waiting.add(look)
      look()
    })

  const socket: LiveSocket = {
    frames,
    raw,
    closed,
    send: frame => raw.send(typeof frame === 'string' ? frame : JSON.stringify(frame)),
    find: find as LiveSocket['find'],
    next: (type, fits = () => true) => find(frame => frame.type === type && fits(frame as never)) as Promise<never>,
    end: turnId => socket.find((frame): frame is TurnEnd => isTurnEnd(frame) && frame.turnId === turnId),
    close() {
      raw.close()
      return closed
    },
    cut() {
      raw.terminate()
      return closed
    },
  }
  raw.on('message', data => {
    const frame = parseFrame(String(data))
    if (!frame) return
    frames.push(frame)
    options.onFrame?.(frame, socket)
    wake()
  })
  await new Promise<void>((resolve, reject) => {
    raw.once('open', resolve)
    raw.once('error', reject)
    raw.once('unexpected-response', (_request, response) => reject(new Refused(response.statusCode ?? 0)))
  })
  return socket
}

/** The upgrade was answered with an HTTP status. */
export class Refused extends Error {
  readonly status: number

  constructor(status: number) {
    super(`The upgrade was refused with ${status}.`)
    this.status = status
  }
}

/** Opens a socket and says hello with this token. */
export async function signIn(url: string, token: string, options: OpenOptions = {}): Promise<LiveSocket> {
  const socket = await openSocket(url, options)
  socket.send({ type: 'hello', protocol: 1, token })
  await socket.next('ready')
  return socket
}
