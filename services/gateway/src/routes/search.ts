import { chat, text } from '@luna/contracts'
import { z } from 'zod'
import { callerOf } from '../http/signed-in.ts'
import { given, listQuery, type Routes } from './route.ts'

export const searchRoutes: Routes = ctx => async app => {
  app.get(
    '/search',
    {
      schema: {
        tags: ['Conversations'],
        summary: 'Full text over the messages of this person, best first.',
        querystring: z.strictObject({ ...listQuery, q: text(500, 1) }),
        response: { 200: chat.calls.searchMessages.output },
      },
    },
    async request => ctx.call(chat.calls.searchMessages, given(request.query), callerOf(request)),
  )
}
