import { randomUUID } from 'node:crypto'
import type { ServerFrame } from '@luna/contracts'
import { WebSocket } from 'ws'

/** One person's socket, as lean as a client can be, so that what is measured is the server. */
export interface Talker {
  /** Sends a message and resolves at the end of its turn. */
  turn(text: string): Promise<TurnTimes>
  close(): void
}

export interface TurnTimes {
  /** Milliseconds from the send to the first text. */
  firstMs: number
  totalMs: number
  characters: number
}

export async function openTalker(url: string, token: string): Promise<Talker> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/ws`, { perMessageDeflate: false })
  let onFrame: (frame: ServerFrame) => void = () => {}
  let conversationId: string | undefined
  const ready = new Promise<void>((resolve, reject) => {
    onFrame = frame => (frame.type === 'ready' ? resolve() : reject(new Error(JSON.stringify(frame))))
    socket.on('error', reject)
    socket.on('close', code => reject(new Error(`closed with ${code}`)))
  })
  socket.on('message', (data: Buffer) => onFrame(JSON.parse(data.toString()) as ServerFrame))
  await new Promise(resolve => socket.once('open', resolve))
  socket.send(JSON.stringify({ type: 'hello', protocol: 1, token }))
  await ready
  return {
    turn: text =>
      new Promise((resolve, reject) => {
        const startedAt = performance.now()
        let firstMs = 0
        let characters = 0
        onFrame = frame => {
          if (frame.type === 'turn.delta') {
            firstMs ||= performance.now() - startedAt
            characters += frame.text.length
          } else if (frame.type === 'accepted') conversationId = frame.conversationId
          else if (frame.type === 'turn.completed')
            resolve({ firstMs, totalMs: performance.now() - startedAt, characters })
          else if (frame.type === 'turn.failed' || frame.type === 'turn.cancelled' || frame.type === 'error')
            reject(new Error(JSON.stringify(frame)))
        }
        socket.send(
          JSON.stringify({ type: 'send', id: randomUUID(), text, ...(conversationId ? { conversationId } : {}) }),
        )
      }),
    close: () => socket.terminate(),
  }
}
