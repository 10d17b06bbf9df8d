import { limits, persona, personality, text } from '@luna/contracts'
import { z } from 'zod'
import { callerOf } from '../http/signed-in.ts'
import { ifVersionOf, tagged } from '../http/versions.ts'
import { byId, given, nothing, type Routes } from './route.ts'

const tags = ['Personas']
const body = z.strictObject({
  name: text(limits.titleCodePoints, 1),
  description: text(4_000),
  isDefault: z.boolean().optional(),
})

export const personaRoutes: Routes = ctx => async app => {
  app.get(
    '/personas',
    {
      schema: {
        tags,
        summary: 'Who this person can be in a story.',
        response: { 200: z.object({ items: z.array(persona) }) },
      },
    },
    async request => ctx.call(personality.calls.listPersonas, {}, callerOf(request)),
  )

  app.post(
    '/personas',
    { schema: { tags, summary: 'A new persona.', body, response: { 201: persona } } },
    async (request, reply) =>
      reply
        .code(201)
        .send(tagged(reply, await ctx.call(personality.calls.putPersona, given(request.body), callerOf(request)))),
  )

  app.put(
    '/personas/:id',
    { schema: { tags, summary: 'Changes a persona.', params: byId, body, response: { 200: persona } } },
    async (request, reply) => {
      const input = given({ id: request.params.id, ...request.body, ifVersion: ifVersionOf(request) })
      return tagged(reply, await ctx.call(personality.calls.putPersona, input, callerOf(request)))
    },
  )

  app.delete(
    '/personas/:id',
    { schema: { tags, summary: 'Deletes a persona.', params: byId, response: { 204: nothing } } },
    async (request, reply) => {
      await ctx.call(personality.calls.deletePersona, { id: request.params.id }, callerOf(request))
      return reply.code(204).send()
    },
  )
}
