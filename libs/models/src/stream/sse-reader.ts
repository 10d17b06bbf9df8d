import { isUtf8 } from 'node:buffer'

/** Over this many bytes without a line end, what comes is not an event stream. */
export const maxLineBytes = 1024 * 1024

export class MalformedStream extends Error {
  override readonly name = 'MalformedStream'
}

/**
 * Reads server-sent events (WHATWG HTML, section 9.2) from bytes cut anywhere and hands over the data of each event. Lines
 * end with LF or CRLF. Only whole lines are decoded, so a character cut by a chunk is whole again; text is never repaired.
 * Throws {@link MalformedStream} on bytes that are no UTF-8, a line that is no field, and a line over {@link maxLineBytes}.
 */
export class SseReader {
  readonly #onData: (data: string) => void
  #rest: Uint8Array[] = []
  #restBytes = 0
  #data: string | undefined
  #first = true

  constructor(onData: (data: string) => void) {
    this.#onData = onData
  }

  push(bytes: Buffer): void {
    const cut = bytes.lastIndexOf(10) + 1
    if (cut === 0) {
      this.#keep(bytes)
      return
    }
    let whole = bytes.subarray(0, cut)
    if (this.#restBytes > 0) {
      whole = join([...this.#rest, whole as Uint8Array])
      this.#rest = []
      this.#restBytes = 0
    }
    if (cut < bytes.length) this.#keep(bytes.subarray(cut))
    if (!isUtf8(whole)) throw new MalformedStream('it sent bytes that are no UTF-8')
    this.#lines(whole.toString('utf8'))
  }

  /** Hands over a last event that was not closed by an empty line. */
  end(): void {
    if (this.#restBytes > 0) this.push(Buffer.from('\n'))
    this.#dispatch()
  }

  #keep(bytes: Buffer): void {
    // A copy: the chunk's memory belongs to the socket.
    this.#rest.push(Uint8Array.prototype.slice.call(bytes))
    this.#restBytes += bytes.length
    if (this.#restBytes > maxLineBytes) throw new MalformedStream(`it sent a line of more than ${maxLineBytes} bytes`)
  }

  #lines(text: string): void {
    let start = this.#first && text.charCodeAt(0) === 0xfeff ? 1 : 0
    this.#first = false
    while (start < text.length) {
      const newline = text.indexOf('\n', start)
      const end = newline > start && text.charCodeAt(newline - 1) === 13 ? newline - 1 : newline
      if (end === start) this.#dispatch()
      else this.#field(text, start, end)
      start = newline + 1
    }
  }

  #field(text: string, start: number, end: number): void {
    if (text.startsWith('data:', start)) {
      const from = text.charCodeAt(start + 5) === 32 ? start + 6 : start + 5
      const value = text.slice(from, end)
      this.#data = this.#data === undefined ? value : `${this.#data}\n${value}`
      return
    }
    if (text.charCodeAt(start) === 58) return
    if (/^(?:event|id|retry)(?::|$)|^data$/.test(text.slice(start, Math.min(end, start + 6)))) return
    throw new MalformedStream('it sent a line that is no server-sent event')
  }

  #dispatch(): void {
    const data = this.#data
    if (data === undefined) return
    this.#data = undefined
    this.#onData(data)
  }
}

function join(parts: readonly Uint8Array[]): Buffer {
  let length = 0
  for (const part of parts) length += part.length
  const whole = Buffer.allocUnsafe(length)
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
