import { personality, speakerOrder, story, text } from '@luna/contracts'
import { z } from 'zod'
import { callerOf } from '../http/signed-in.ts'
import { ifVersionOf, tagged } from '../http/versions.ts'
import { byId, clientIdOf, given, type Routes } from './route.ts'

const tags = ['Stories']

export const sceneRoutes: Routes = ctx => async app => {
  app.get(
    '/conversations/:id/story',
    { schema: { tags, summary: 'Where a conversation stands as a story.', params: byId, response: { 200: story } } },
    async (request, reply) =>
      tagged(
        reply,
        await ctx.call(personality.calls.getStory, { conversationId: request.params.id }, callerOf(request)),
      ),
  )

  app.patch(
    '/conversations/:id/story',
    {
      schema: {
        tags,
        summary: 'Sets cast, speaker order, persona, greeting, scene or ending.',
        params: byId,
        body: z.strictObject({
          personaId: z.uuid().nullable().optional(),
          greeting: z.number().int().min(0).max(200).optional(),
          sceneId: text(64).nullable().optional(),
          endingId: text(64).nullable().optional(),
          cast: z.array(z.uuid()).max(12).optional(),
          order: speakerOrder.optional(),
        }),
        response: { 200: story },
      },
    },
    async (request, reply) => {
      const input = given({ conversationId: request.params.id, ...request.body, ifVersion: ifVersionOf(request) })
      return tagged(reply, await ctx.call(personality.calls.updateStory, input, callerOf(request)))
    },
  )

  app.post(
    '/conversations/:id/speak',
    {
      config: { ownIdempotency: true },
      schema: {
        tags,
        summary: 'Lets one of the characters speak next. The same id is one turn.',
        params: byId,
        body: z.strictObject({ id: z.uuid().optional(), characterId: z.uuid() }),
        response: { 202: z.object({ turnId: z.uuid() }) },
      },
    },
    async (request, reply) => {
      const id = clientIdOf(request, request.body.id, ctx)
      const input = { id, conversationId: request.params.id, characterId: request.body.characterId }
      return reply.code(202).send(await ctx.call(personality.calls.speak, input, callerOf(request)))
    },
  )
}
