import { limits, safetyCard } from '@luna/contracts'
import { z } from 'zod'
import { principalOf } from '../http/signed-in.ts'
import { streamTurn } from '../sse/index.ts'
import { submitMessage } from '../submit/index.ts'
import { byId, clientIdOf, type Routes } from './route.ts'

/** Milliseconds until a message that chat has not taken up yet is answered with `unavailable`; it stays on the bus. */
const acceptMs = 10_000

const submitted = z.object({
  messageId: z.uuid(),
  turnId: z.uuid(),
  conversationId: z.uuid(),
  safetyCard: safetyCard.optional(),
})

export const sendRoutes: Routes = ctx => async app => {
  app.post(
    '/conversations/:id/messages',
    {
      config: { ownIdempotency: true },
      schema: {
        tags: ['Messages'],
        summary: 'Sends a message: answered once it is stored. The same id may be sent again and is one turn.',
        description: 'With `Accept: text/event-stream` the frames of the turn follow as server-sent events.',
        params: byId,
        body: z.strictObject({
          id: z.uuid().optional(),
          text: z.string(),
          parentId: z.uuid().optional(),
          attachments: z
            .array(z.strictObject({ id: z.uuid() }))
            .max(limits.attachments)
            .optional(),
        }),
        response: { 202: submitted },
      },
    },
    async (request, reply) => {
      const principal = principalOf(request)
      const submission = {
        ...request.body,
        id: clientIdOf(request, request.body.id, ctx),
        conversationId: request.params.id,
      }
      if (request.headers.accept?.includes('text/event-stream')) {
        await streamTurn(ctx, request, reply, submission)
        return reply
      }
      const languages = request.headers['accept-language']
      const { safetyCard: card, ...accepted } = await submitMessage(ctx, principal, submission, {
        timeoutMs: acceptMs,
        languages,
      })
      return reply.code(202).send({ ...accepted, ...(card ? { safetyCard: card } : {}) })
    },
  )
}
