import { chat, feedback, message } from '@luna/contracts'
import { z } from 'zod'
import { callerOf } from '../http/signed-in.ts'
import { tagged } from '../http/versions.ts'
import { byId, type Routes } from './route.ts'

const tags = ['Messages']

export const feedbackRoutes: Routes = ctx => async app => {
  app.post(
    '/messages/:id/feedback',
    {
      schema: {
        tags,
        summary: 'Rates an answer; kept as learning data.',
        params: byId,
        body: z.strictObject(feedback.shape),
        response: { 200: message },
      },
    },
    async (request, reply) => {
      const rating = { messageId: request.params.id, feedback: request.body }
      return tagged(reply, await ctx.call(chat.calls.setFeedback, rating, callerOf(request)))
    },
  )

  app.delete(
    '/messages/:id/feedback',
    { schema: { tags, summary: 'Takes a rating back.', params: byId, response: { 200: message } } },
    async (request, reply) => {
      const none = { messageId: request.params.id, feedback: null }
      return tagged(reply, await ctx.call(chat.calls.setFeedback, none, callerOf(request)))
    },
  )
}
