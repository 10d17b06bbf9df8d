import { chat, turn, turnState } from '@luna/contracts'
import { z } from 'zod'
import { callerOf } from '../http/signed-in.ts'
import { byId, type Routes } from './route.ts'

const tags = ['Turns']

export const turnRoutes: Routes = ctx => async app => {
  app.get(
    '/turns/:id',
    {
      schema: {
        tags,
        summary: 'A turn: its state, route, receipt, usage and error.',
        params: byId,
        response: { 200: turn },
      },
    },
    async request => ctx.call(chat.calls.getTurn, { turnId: request.params.id }, callerOf(request)),
  )

  app.post(
    '/turns/:id/cancel',
    {
      config: { ownIdempotency: true },
      schema: {
        tags,
        summary: 'Stops a turn; the text so far stays.',
        params: byId,
        response: { 200: z.object({ turnId: z.uuid(), state: turnState }) },
      },
    },
    async request => ctx.call(chat.calls.cancelTurn, { turnId: request.params.id }, callerOf(request)),
  )
}
