import { type ClientFrame, LunaError } from '@luna/contracts'
import { asksIfHuman } from '@luna/safety'
import { noticeOf } from '../care/desk.ts'
import { lookAt } from '../submit/look.ts'
import { publishSubmission } from '../submit/publish-submission.ts'
import type { Accept } from '../submit/submission.ts'
import { announceTurn } from './announce-turn.ts'
import type { Connection } from './connection.ts'

/** Submissions of one socket that may wait for their answer at a time. */
const mostAwaited = 256

/** The card first, before anything can fail; then onto the bus. The answer comes when chat has stored it. */
export async function send(connection: Connection, frame: Extract<ClientFrame, { type: 'send' }>): Promise<void> {
  const look = lookAt(frame.text, connection.languages)
  if (look.card) connection.send({ type: 'safety.card', ...look.card })
  if (asksIfHuman(frame.text)) connection.send(noticeOf('disclosure', connection.languages))
  connection.care.used()
  expectAnswer(connection, frame.id)
  try {
    await publishSubmission(connection.gate.ctx, connection.principal, frame, look)
  } catch (error) {
    connection.awaited.get(frame.id)?.()
    connection.awaited.delete(frame.id)
    throw error
  }
}

function expectAnswer(connection: Connection, id: string): void {
  const { awaited, person, gate } = connection
  if (awaited.has(id)) return
  if (awaited.size >= mostAwaited)
    throw new LunaError('rate-limited', `${mostAwaited} messages wait for their answer already. Wait for some of them.`)
  const forget = person.expect(id, {
    accepted({ conversationId, messageId, turnId }) {
      awaited.delete(id)
      const accept: Accept = { conversationId, messageId, turnId }
      announceTurn(connection, id, accept).catch((error: unknown) => {
        const known = LunaError.from(error)
        if (known.code === 'internal') gate.ctx.log.error({ err: error }, 'an accepted turn could not be watched')
        connection.sendError(known, conversationId)
      })
    },
    refused(error) {
      awaited.delete(id)
      connection.sendError(error, id)
    },
  })
  awaited.set(id, forget)
}
