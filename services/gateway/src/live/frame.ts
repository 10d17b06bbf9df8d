import { type ConversationFrame, type Position, parseCursor } from '@luna/contracts'

/** A frame as it came over the bus: read once, forwarded to every watcher as the same bytes. */
export class LiveFrame {
  readonly position: Position
  readonly body: ConversationFrame
  readonly text: string
  #bytes: Buffer | undefined

  constructor(position: Position, body: ConversationFrame, text: string) {
    this.position = position
    this.body = body
    this.text = text
  }

  get bytes(): Buffer {
    this.#bytes ??= Buffer.from(this.text)
    return this.#bytes
  }
}

/** Null for what carries no position in this conversation. */
export function readFrame(conversationId: string, text: string): LiveFrame | null {
  const body = JSON.parse(text) as ConversationFrame
  const position = parseCursor(conversationId, body.cursor)
  return position && new LiveFrame(position, body, text)
}

export type TurnEnd = Extract<ConversationFrame, { type: 'turn.completed' | 'turn.failed' | 'turn.cancelled' }>

export const isEnd = (body: ConversationFrame): body is TurnEnd =>
  body.type === 'turn.completed' || body.type === 'turn.failed' || body.type === 'turn.cancelled'

/** Whether a frame is the first that can be seen of a turn or of a new attempt at it. */
export const opens = (body: ConversationFrame, turnId: string): boolean =>
  (body.type === 'turn.queued' || body.type === 'turn.started') && body.turnId === turnId
