import { type ClientFrame, LunaError } from '@luna/contracts'
import type { Connection } from './connection.ts'
import { socketSink } from './socket-sink.ts'

/** Conversations that one socket may watch at a time. */
const mostWatched = 200

export async function subscribe(
  connection: Connection,
  { conversationId, after }: Extract<ClientFrame, { type: 'subscribe' }>,
): Promise<void> {
  requirePlace(connection, conversationId)
  await connection.subscriptions.watch({
    conversationId,
    personId: connection.principal.personId,
    ...(after === undefined ? {} : { from: { after } }),
    sink: socketSink(connection, conversationId),
  })
}

export function unsubscribe(
  connection: Connection,
  { conversationId }: Extract<ClientFrame, { type: 'unsubscribe' }>,
): void {
  connection.subscriptions.drop(conversationId)
}

/** @throws LunaError `rate-limited` when the socket watches as many conversations as it may */
export function requirePlace(connection: Connection, conversationId: string): void {
  const { subscriptions } = connection
  if (subscriptions.size < mostWatched || subscriptions.has(conversationId)) return
  throw new LunaError(
    'rate-limited',
    `One socket watches at most ${mostWatched} conversations. Unsubscribe from some.`,
    {
      details: { limit: mostWatched },
    },
  )
}
