import { type TurnEnd, uuidv7 } from '@luna/client'
import { type ServerFrame } from '@luna/contracts'
import { shownText } from './fold.ts'
import type { LiveSocket } from './live-socket.ts'

export interface Said {
  id: string
  conversationId: string
  messageId: string
  turnId: string
}

export interface SayOptions {
  id?: string
  conversationId?: string
}

/** Sends a text and waits until it is accepted. */
export async function say(socket: LiveSocket, text: string, options: SayOptions = {}): Promise<Said> {
  const { id = uuidv7(), conversationId } = options
  socket.send({ type: 'send', id, text, ...(conversationId ? { conversationId } : {}) })
  const answer = await socket.find(
    (frame): frame is Extract<ServerFrame, { type: 'accepted' | 'error' }> =>
      (frame.type === 'accepted' || frame.type === 'error') && frame.id === id,
  )
  if (answer.type === 'error') throw new Error(`${answer.error.code}: ${answer.error.message}`)
  const { conversationId: where, messageId, turnId } = answer
  return { id, conversationId: where, messageId, turnId }
}

/** Sends a text and waits for the end of its turn. */
export async function ask(socket: LiveSocket, text: string, options: SayOptions = {}) {
  const said = await say(socket, text, options)
  const end = await socket.end(said.turnId)
  return { ...said, end, shown: shownText(socket.frames, said.turnId) }
}

/** The text of the message that a turn ended with; '' when it has none. */
export const storedText = (end: TurnEnd): string => ('message' in end ? (end.message?.text ?? '') : '')
