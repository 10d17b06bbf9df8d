import { type ClientFrame, chat } from '@luna/contracts'
import { person } from '@luna/service'
import type { Connection } from './connection.ts'

/** The answer of the person to a proposed tool call; what follows comes as `turn.tool`. */
export async function approve(
  { gate, principal }: Connection,
  { callId, decision }: Extract<ClientFrame, { type: 'approve' }>,
): Promise<void> {
  await gate.ctx.call(chat.calls.approve, { callId, decision }, { scope: person(principal.personId) })
}
