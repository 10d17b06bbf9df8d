import { type ClientFrame, chat } from '@luna/contracts'
import { person } from '@luna/service'
import { requireRoom } from '../limits/require.ts'
import { announceTurn } from './announce-turn.ts'
import type { Connection } from './connection.ts'

export async function regenerate(
  connection: Connection,
  { id, messageId }: Extract<ClientFrame, { type: 'regenerate' }>,
): Promise<void> {
  const { ctx } = connection.gate
  const { personId } = connection.principal
  await requireRoom(ctx.limits, 'messages', personId)
  const begun = await ctx.call(chat.calls.regenerate, { id, messageId }, { scope: person(personId) })
  if (connection.open) await announceTurn(connection, id, begun)
}
