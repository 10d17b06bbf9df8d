import type { ServerResponse } from 'node:http'

/** The bytes of one response: written with back-pressure, cut where asked, and over as soon as the caller has gone. */
export interface Wire {
  send(text: string): Promise<void> | void
  sendBytes(bytes: Uint8Array): Promise<void> | void
  /** Sends what is held back for an even cut. */
  flush(): Promise<void>
  /** Resolves after `ms`, or at once when the caller goes. */
  wait(ms: number): Promise<void>
  isGone(): boolean
  /** Resolves when the connection is closed. */
  gone: Promise<void>
}

export function createWire(response: ServerResponse, splitBytes?: number | readonly number[]): Wire {
  let isGone = false
  const gone = new Promise<void>(resolve =>
    response.once('close', () => {
      isGone = true
      resolve()
    }),
  )
  const sizes = splitBytes === undefined ? [] : typeof splitBytes === 'number' ? [splitBytes] : splitBytes
  const over = () => isGone
  let cuts = 0
  let held = new Uint8Array(0)

  const write = (data: string | Uint8Array): Promise<void> | void => {
    if (isGone || response.write(data)) return
    return Promise.race([new Promise<void>(resolve => response.once('drain', resolve)), gone])
  }
  const writeCut = async (bytes: Uint8Array) => {
    held = joined(held, bytes)
    for (let size = sizeNow(); held.length >= size && !over(); size = sizeNow()) {
      await write(held.subarray(0, size))
      held = held.subarray(size)
      cuts++
      // A turn of the event loop lets the piece leave as a packet of its own.
      await new Promise(resolve => setImmediate(resolve))
    }
  }
  const sizeNow = () => Math.max(1, sizes[cuts % sizes.length] ?? 1)

  return {
    send: text => (sizes.length === 0 ? write(text) : writeCut(new TextEncoder().encode(text))),
    sendBytes: bytes => (sizes.length === 0 ? write(bytes) : writeCut(bytes)),
    async flush() {
      if (held.length > 0) await write(held)
      held = new Uint8Array(0)
    },
    async wait(ms) {
      let timer: NodeJS.Timeout | undefined
      await Promise.race([new Promise<void>(resolve => (timer = setTimeout(resolve, Math.max(0, ms)))), gone])
      clearTimeout(timer)
    },
    isGone: over,
    gone,
  }
}

function joined(first: Uint8Array, second: Uint8Array) {
  const bytes = new Uint8Array(first.length + second.length)
  bytes.set(first)
  bytes.set(second, first.length)
  return bytes
}
