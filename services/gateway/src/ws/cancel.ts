import { type ClientFrame, chat } from '@luna/contracts'
import { person } from '@luna/service'
import type { Connection } from './connection.ts'

/** Stops a turn; its end comes as a frame. */
export async function cancel(
  { gate, principal }: Connection,
  { turnId }: Extract<ClientFrame, { type: 'cancel' }>,
): Promise<void> {
  await gate.ctx.call(chat.calls.cancelTurn, { turnId }, { scope: person(principal.personId) })
}
