import { chat } from '@luna/contracts'
import { callerOf, principalOf } from '../http/signed-in.ts'
import { byId, type Routes } from '../routes/route.ts'
import { openPersonalStream } from './personal-stream.ts'
import { writeTurn } from './turn-events.ts'

export { streamTurn } from './stream-turn.ts'

/** The frames of a turn as server-sent events, for whoever has no WebSocket. */
export const eventRoutes: Routes = ctx => async app => {
  app.get(
    '/turns/:id/events',
    {
      schema: {
        tags: ['Turns'],
        summary: 'The frames of a turn as server-sent events up to its end; `Last-Event-ID` resumes.',
        params: byId,
      },
    },
    async (request, reply) => {
      const turnId = request.params.id
      const principal = principalOf(request)
      const { conversationId } = await ctx.call(chat.calls.getTurn, { turnId }, callerOf(request))
      const personal = await openPersonalStream(ctx, principal, reply)
      const after = request.headers['last-event-id']
      const from = typeof after === 'string' && after !== '' ? { after } : {}
      await writeTurn(ctx, personal, { personId: principal.personId, conversationId, turnId, ...from })
      if (!personal.stream.closed) personal.stream.open()
      return reply
    },
  )
}
