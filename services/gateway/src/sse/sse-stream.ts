import { limits } from '@luna/contracts'
import type { FastifyReply } from 'fastify'

/** Milliseconds between comments that keep proxies from closing a silent stream. */
export const heartbeatMs = 15_000

/** An answer of server-sent events (WHATWG HTML, section 9.2). The head goes out with the first event. */
export class SseStream {
  readonly #reply: FastifyReply
  readonly #onClose: () => void
  #heartbeat: NodeJS.Timeout | undefined
  #state: 'fresh' | 'open' | 'closed' = 'fresh'

  /** @param onClose called once, when the reader has gone or the stream has ended */
  constructor(reply: FastifyReply, onClose: () => void) {
    this.#reply = reply
    this.#onClose = onClose
    reply.raw.once('close', () => this.#closed())
  }

  /** Whether the head is out, so that an error can only be an event any more. */
  get begun(): boolean {
    return this.#state !== 'fresh'
  }

  get closed(): boolean {
    return this.#state === 'closed'
  }

  open(): void {
    if (this.#state !== 'fresh') return
    this.#state = 'open'
    this.#reply.hijack()
    this.#reply.raw.writeHead(200, {
      ...headersOf(this.#reply),
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    })
    this.#reply.raw.flushHeaders()
    this.#heartbeat = setInterval(() => this.#write(': still here\n\n'), heartbeatMs)
    this.#heartbeat.unref()
  }

  /** @param data one line */
  event(data: string, id?: string): void {
    this.open()
    this.#write(id === undefined ? `data: ${data}\n\n` : `id: ${id}\ndata: ${data}\n\n`)
  }

  end(): void {
    if (this.#state === 'closed') return
    this.open()
    this.#reply.raw.end()
    this.#closed()
  }

  #write(text: string): void {
    if (this.#state !== 'open') return
    this.#reply.raw.write(text)
    if (this.#reply.raw.writableLength > limits.backlogBytes) this.#reply.raw.destroy()
  }

  #closed(): void {
    if (this.#state === 'closed') return
    this.#state = 'closed'
    clearInterval(this.#heartbeat)
    this.#onClose()
  }
}

const headersOf = (reply: FastifyReply): Record<string, string | number | string[]> =>
  Object.fromEntries(Object.entries(reply.getHeaders()).filter(([, value]) => value !== undefined)) as never
