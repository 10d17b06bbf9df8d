import { character, page, personality } from '@luna/contracts'
import { z } from 'zod'
import { callerOf } from '../http/signed-in.ts'
import { tagged } from '../http/versions.ts'
import { byId, given, listQuery, type Routes } from './route.ts'

const tags = ['Characters']

export const characterRoutes: Routes = ctx => async app => {
  app.get(
    '/characters',
    {
      schema: {
        tags,
        summary: 'The characters this person may talk to.',
        querystring: z.strictObject(listQuery),
        response: { 200: page(character) },
      },
    },
    async request => ctx.call(personality.calls.listCharacters, given(request.query), callerOf(request)),
  )

  app.get(
    '/characters/:id',
    { schema: { tags, summary: 'One character.', params: byId, response: { 200: character } } },
    async (request, reply) =>
      tagged(reply, await ctx.call(personality.calls.getCharacter, { id: request.params.id }, callerOf(request))),
  )
}
