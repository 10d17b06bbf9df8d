import { chat, message, tags as messageTags, messageText, page } from '@luna/contracts'
import { z } from 'zod'
import { callerOf } from '../http/signed-in.ts'
import { ifVersionOf, tagged } from '../http/versions.ts'
import { byId, clientIdOf, given, listQuery, type Routes } from './route.ts'

const tags = ['Messages']

export const messageRoutes: Routes = ctx => async app => {
  app.get(
    '/conversations/:id/messages',
    {
      schema: {
        tags,
        summary:
          'A branch, oldest first: its last page, and by the cursor the pages before (or after, with `direction=newer`).',
        params: byId,
        querystring: z.strictObject({
          ...listQuery,
          leaf: z.uuid().optional(),
          tree: z.stringbool().optional(),
          direction: z.enum(['older', 'newer']).optional(),
        }),
        response: { 200: page(message) },
      },
    },
    async request => {
      const { leaf, ...query } = request.query
      const input = given({ conversationId: request.params.id, leafId: leaf, ...query })
      return ctx.call(chat.calls.listMessages, input, callerOf(request))
    },
  )

  app.get(
    '/messages/:id',
    { schema: { tags, summary: 'One message.', params: byId, response: { 200: message } } },
    async (request, reply) =>
      tagged(reply, await ctx.call(chat.calls.getMessage, { messageId: request.params.id }, callerOf(request))),
  )

  app.patch(
    '/messages/:id',
    {
      schema: {
        tags,
        summary: 'Other text makes a sibling, and of a user message a new turn answers it; tags change in place.',
        params: byId,
        body: z.strictObject({ text: messageText.optional(), tags: messageTags.optional() }),
        response: { 200: z.object({ message, turnId: z.uuid().nullable() }) },
      },
    },
    async (request, reply) => {
      const change = given({ messageId: request.params.id, ...request.body, ifVersion: ifVersionOf(request) })
      const edited = await ctx.call(chat.calls.editMessage, change, callerOf(request))
      tagged(reply, edited.message)
      return edited
    },
  )

  app.delete(
    '/messages/:id',
    {
      schema: {
        tags,
        summary: 'Deletes a message and all that follows it.',
        params: byId,
        response: { 200: z.object({ deleted: z.number().int(), activeLeafId: z.uuid().nullable() }) },
      },
    },
    async request =>
      ctx.call(
        chat.calls.deleteMessage,
        given({ messageId: request.params.id, ifVersion: ifVersionOf(request) }),
        callerOf(request),
      ),
  )

  app.post(
    '/messages/:id/regenerate',
    {
      config: { ownIdempotency: true },
      schema: {
        tags,
        summary: 'A new answer beside the old one. The same id is one turn.',
        params: byId,
        body: z.strictObject({ id: z.uuid().optional() }).nullish(),
        response: { 202: z.object({ conversationId: z.uuid(), messageId: z.uuid(), turnId: z.uuid() }) },
      },
    },
    async (request, reply) => {
      const id = clientIdOf(request, request.body?.id, ctx)
      const begun = await ctx.call(chat.calls.regenerate, { id, messageId: request.params.id }, callerOf(request))
      return reply.code(202).send(begun)
    },
  )
}
