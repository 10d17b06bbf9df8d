import { LunaError } from '@luna/contracts'
import { cardAsText } from '@luna/safety'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { GatewayContext } from '../context.ts'
import { principalOf } from '../http/signed-in.ts'
import type { Submission } from '../submit/submission.ts'
import { submitMessage } from '../submit/submit-message.ts'
import { openPersonalStream } from './personal-stream.ts'
import { writeTurn } from './turn-events.ts'

/** Milliseconds to wait for `accepted`. */
const acceptMs = 10_000

/**
 * Submits a message and answers with server-sent events: the safety card where there is one, `accepted`, then the frames
 * of the turn. Throws while nothing has been sent; later errors are events.
 */
export async function streamTurn(
  ctx: GatewayContext,
  request: FastifyRequest,
  reply: FastifyReply,
  submission: Submission,
): Promise<void> {
  const principal = principalOf(request)
  const personal = await openPersonalStream(ctx, principal, reply)
  const { stream, fail } = personal
  try {
    const accepted = await submitMessage(ctx, principal, submission, {
      timeoutMs: acceptMs,
      languages: request.headers['accept-language'],
      onCard: card => stream.event(JSON.stringify({ type: 'safety.card', ...card, text: cardAsText(card) })),
    })
    const { conversationId, messageId, turnId } = accepted
    stream.event(JSON.stringify({ type: 'accepted', id: submission.id, conversationId, messageId, turnId }))
    await writeTurn(ctx, personal, { personId: principal.personId, conversationId, turnId })
  } catch (error) {
    if (stream.begun) fail(LunaError.from(error))
    else throw error
  }
}
