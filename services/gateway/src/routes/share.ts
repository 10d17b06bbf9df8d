import { chat } from '@luna/contracts'
import { system } from '@luna/service'
import { z } from 'zod'
import { callerOf } from '../http/signed-in.ts'
import { byId, nothing, type Routes } from './route.ts'

const tags = ['Shares']

export const shareRoutes: Routes = ctx => async app => {
  app.post(
    '/conversations/:id/share',
    {
      schema: {
        tags,
        summary: 'A read-only snapshot of the active branch, for whoever has the token.',
        params: byId,
        response: { 201: z.object({ token: z.string() }) },
      },
    },
    async (request, reply) =>
      reply.code(201).send(await ctx.call(chat.calls.share, { conversationId: request.params.id }, callerOf(request))),
  )

  app.delete(
    '/conversations/:id/share',
    { schema: { tags, summary: 'Revokes the shares of a conversation.', params: byId, response: { 204: nothing } } },
    async (request, reply) => {
      await ctx.call(chat.calls.unshare, { conversationId: request.params.id }, callerOf(request))
      return reply.code(204).send()
    },
  )
}

/** Open to whoever has the token. */
export const sharedRoutes: Routes = ctx => async app => {
  app.get(
    '/shared/:token',
    {
      schema: {
        tags,
        security: [],
        summary: 'A shared snapshot.',
        params: z.object({ token: z.string().min(1).max(200) }),
        response: { 200: chat.calls.getShared.output },
      },
    },
    async (request, reply) => {
      reply.header('x-robots-tag', 'noindex')
      return ctx.call(chat.calls.getShared, { token: request.params.token }, { scope: system, requestId: request.id })
    },
  )
}
