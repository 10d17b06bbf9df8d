import { LunaError } from '@luna/contracts'
import { cardAsText } from '@luna/safety'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { GatewayContext } from '../context.ts'
import { principalOf } from '../http/signed-in.ts'
import { lookAt } from '../submit/look.ts'
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
  const personal = await openInTime(ctx, request, reply, submission)
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

/** Milliseconds that opening the stream may take when a card is to be shown; then the card is the answer. */
const cardMs = 800

async function openInTime(ctx: GatewayContext, request: FastifyRequest, reply: FastifyReply, { text }: Submission) {
  const opening = openPersonalStream(ctx, principalOf(request), reply)
  const { card } = lookAt(text, request.headers['accept-language'])
  if (!card) return opening
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () =>
        reject(
          new LunaError('unavailable', 'No stream can be opened at the moment.', { details: { safetyCard: card } }),
        ),
      cardMs,
    )
  })
  try {
    return await Promise.race([opening, late])
  } catch (error) {
    // Should it open after all, nobody reads it any more.
    void opening.then(
      ({ stream }) => stream.end(),
      () => {},
    )
    const known = LunaError.from(error)
    throw new LunaError(known.code, known.message, { details: { ...known.details, safetyCard: card }, cause: error })
  } finally {
    clearTimeout(timer)
  }
}
