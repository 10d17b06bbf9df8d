import { page, text } from '@luna/contracts'
import { z } from 'zod'
import { createApiKey, listApiKeys, revokeApiKey } from '../api-keys/api-keys.ts'
import { principalOf } from '../http/signed-in.ts'
import { byId, listQuery, nothing, type Routes } from './route.ts'

const apiKey = z.object({
  id: z.uuid(),
  name: z.string(),
  prefix: z.string(),
  createdAt: z.iso.datetime(),
  lastUsedAt: z.iso.datetime().nullable(),
})
const tags = ['API keys']

export const keyRoutes: Routes = ctx => async app => {
  app.get(
    '/me/keys',
    {
      schema: {
        tags,
        summary: 'The API keys of this person.',
        querystring: z.strictObject(listQuery),
        response: { 200: page(apiKey) },
      },
    },
    async request => ({ items: await listApiKeys(ctx, principalOf(request).personId), nextCursor: null }),
  )

  app.post(
    '/me/keys',
    {
      schema: {
        tags,
        summary: 'Makes an API key. The secret is shown this once.',
        body: z.strictObject({ name: text(100, 1) }),
        response: { 201: z.object({ ...apiKey.shape, secret: z.string() }) },
      },
    },
    async (request, reply) =>
      reply.code(201).send(await createApiKey(ctx, principalOf(request).personId, request.body.name)),
  )

  app.delete(
    '/me/keys/:id',
    { schema: { tags, summary: 'Revokes an API key at once.', params: byId, response: { 204: nothing } } },
    async (request, reply) => {
      await revokeApiKey(ctx, principalOf(request).personId, request.params.id)
      return reply.code(204).send()
    },
  )
}
