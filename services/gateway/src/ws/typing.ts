import { type ClientFrame, gateway, LunaError } from '@luna/contracts'
import type { Connection } from './connection.ts'

/** Tells whoever else watches the conversation. Watching it proves that it may be seen. */
export function typing(
  { gate, principal, subscriptions, id }: Connection,
  { conversationId }: Extract<ClientFrame, { type: 'typing' }>,
): void {
  if (!subscriptions.isLive(conversationId))
    throw new LunaError('not-found', 'This socket does not watch such a conversation. Subscribe first.')
  gate.ctx.emit(gateway.feeds.typing, conversationId, { userId: principal.personId, sessionId: id })
}
