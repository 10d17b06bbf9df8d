import type { Sink } from '../live/sink.ts'
import type { Connection } from './connection.ts'

/** The frames of a watched conversation, as the socket sends them. */
export const socketSink = (connection: Connection, conversationId: string): Sink => ({
  frame: frame => connection.push(frame.bytes),
  recovered: cursor => connection.send({ type: 'subscribed', conversationId, cursor, recovered: true }),
  snapshot: ({ cursor, messages, turn }) =>
    connection.send({ type: 'snapshot', conversationId, cursor, messages: [...messages], turn }),
  failed(error) {
    if (!error.retryable) connection.subscriptions.drop(conversationId)
    connection.sendError(error, conversationId)
  },
  typing(userId, socketId) {
    if (socketId !== connection.id) connection.send({ type: 'typing', conversationId, userId })
  },
})
