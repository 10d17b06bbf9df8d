import type { ClientFrame, ServerFrame } from '@luna/contracts'
import { waitFor } from '@luna/testing'
import { onTestFinished } from 'vitest'
import { type ClientOptions, WebSocket } from 'ws'
import type { Person } from '../live/start-live.ts'

export type Received<T extends ServerFrame['type']> = Extract<ServerFrame, { type: T }>

/** A client that keeps what it is sent, in order. */
export class Socket {
  readonly raw: WebSocket
  readonly frames: ServerFrame[] = []
  /** The frames as they came. */
  readonly texts: string[] = []
  closed: { code: number; reason: string } | null = null
  status: number | null = null

  constructor(url: string, path = '/ws', options: ClientOptions = {}) {
    this.raw = new WebSocket(`${url.replace('http', 'ws')}${path}`, options)
    this.raw.on('message', (data: Buffer) => {
      this.texts.push(data.toString())
      this.frames.push(JSON.parse(data.toString()) as ServerFrame)
    })
    this.raw.on('close', (code, reason) => {
      this.closed = { code, reason: reason.toString() }
    })
    this.raw.on('unexpected-response', (_request, response) => {
      this.status = response.statusCode ?? 0
      response.resume()
      this.raw.terminate()
    })
    this.raw.on('error', () => {})
    onTestFinished(() => this.raw.terminate())
  }

  send(frame: ClientFrame | string): void {
    this.raw.send(typeof frame === 'string' ? frame : JSON.stringify(frame))
  }

  async opened(): Promise<this> {
    await waitFor(() => this.raw.readyState === WebSocket.OPEN, { message: 'the socket to open' })
    return this
  }

  /** The first frame of a type from an index on. */
  async next<T extends ServerFrame['type']>(type: T, from = 0): Promise<Received<T>> {
    const find = () => this.frames.slice(from).find(frame => frame.type === type)
    await waitFor(() => find() !== undefined || this.closed !== null, { message: `a frame ${type}` })
    const found = find()
    if (!found) throw new Error(`closed with ${this.closed?.code} ${this.closed?.reason} before ${type} came`)
    return found as Received<T>
  }

  async end(): Promise<{ code: number; reason: string }> {
    await waitFor(() => this.closed !== null, { message: 'the socket to be closed' })
    return this.closed as { code: number; reason: string }
  }

  /** The turn frames so far. */
  turn(): ServerFrame[] {
    return this.frames.filter(frame => frame.type.startsWith('turn.'))
  }
}

/** A socket that is signed in. */
export async function signedIn(url: string, person: Person): Promise<Socket> {
  const socket = await new Socket(url).opened()
  socket.send({ type: 'hello', protocol: 1, token: person.token })
  await socket.next('ready')
  return socket
}
