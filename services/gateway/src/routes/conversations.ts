import { chat, conversation, tags as conversationTags, limits, page, text } from '@luna/contracts'
import { z } from 'zod'
import { callerOf } from '../http/signed-in.ts'
import { ifVersionOf, tagged } from '../http/versions.ts'
import { byId, given, listQuery, nothing, type Routes } from './route.ts'

const tags = ['Conversations']
const title = text(limits.titleCodePoints)

export const conversationRoutes: Routes = ctx => async app => {
  app.get(
    '/conversations',
    {
      schema: {
        tags,
        summary: 'The conversations of this person, last used first.',
        querystring: z.strictObject({ ...listQuery, tag: text(limits.tagCodePoints, 1).optional() }),
        response: { 200: page(conversation) },
      },
    },
    async request => ctx.call(chat.calls.listConversations, given(request.query), callerOf(request)),
  )

  app.post(
    '/conversations',
    {
      schema: {
        tags,
        summary: 'Opens a conversation.',
        body: z.strictObject({
          characterId: z.uuid().optional(),
          title: title.optional(),
          private: z.boolean().optional(),
        }),
        response: { 201: conversation },
      },
    },
    async (request, reply) => {
      const created = await ctx.call(chat.calls.createConversation, given(request.body), callerOf(request))
      return reply.code(201).header('location', `/api/v1/conversations/${created.id}`).send(tagged(reply, created))
    },
  )

  app.get(
    '/conversations/:id',
    { schema: { tags, summary: 'One conversation.', params: byId, response: { 200: conversation } } },
    async (request, reply) =>
      tagged(
        reply,
        await ctx.call(chat.calls.getConversation, { conversationId: request.params.id }, callerOf(request)),
      ),
  )

  app.patch(
    '/conversations/:id',
    {
      schema: {
        tags,
        summary: 'Changes title, tags or the active leaf.',
        params: byId,
        body: z.strictObject({
          title: title.optional(),
          tags: conversationTags.optional(),
          activeLeafId: z.uuid().optional(),
        }),
        response: { 200: conversation },
      },
    },
    async (request, reply) => {
      const change = given({ conversationId: request.params.id, ...request.body, ifVersion: ifVersionOf(request) })
      return tagged(reply, await ctx.call(chat.calls.updateConversation, change, callerOf(request)))
    },
  )

  app.delete(
    '/conversations/:id',
    {
      schema: {
        tags,
        summary: 'Deletes a conversation; what memory learned from it goes too.',
        params: byId,
        response: { 204: nothing },
      },
    },
    async (request, reply) => {
      const target = given({ conversationId: request.params.id, ifVersion: ifVersionOf(request) })
      await ctx.call(chat.calls.deleteConversation, target, callerOf(request))
      return reply.code(204).send()
    },
  )
}
