import type { Accept } from '../submit/submission.ts'
import type { Connection } from './connection.ts'
import { socketSink } from './socket-sink.ts'
import { requirePlace } from './subscribe.ts'

/** Says `accepted`, once the socket is sure to see every frame of the turn. A snapshot behind it has the message. */
export async function announceTurn(connection: Connection, id: string, accept: Accept): Promise<void> {
  const { conversationId, turnId } = accept
  const announce = () => connection.send({ type: 'accepted', id, ...accept })
  if (connection.subscriptions.has(conversationId)) {
    connection.subscriptions.refresh(conversationId)
    return announce()
  }
  let announced = false
  try {
    requirePlace(connection, conversationId)
    await connection.subscriptions.watch({
      conversationId,
      personId: connection.principal.personId,
      from: { turnId },
      sink: socketSink(connection, conversationId),
      standing() {
        announced = true
        announce()
      },
    })
  } catch (error) {
    if (!announced) announce()
    throw error
  }
}
