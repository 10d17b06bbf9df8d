import { type Character, personality } from '@luna/contracts'
import { person } from '@luna/service'
import type { FastifyInstance } from 'fastify'
import type { GatewayContext } from '../context.ts'
import { principalOf } from '../http/signed-in.ts'
import { characterOf, modelOf } from './model-name.ts'

/** Pages of characters that are listed at most: the API has no pages of its own. */
const mostPages = 10

export function modelRoutes(app: FastifyInstance, ctx: GatewayContext): void {
  app.get('/models', { schema: { tags: ['OpenAI'], summary: 'Each character as a model.' } }, async request => {
    const characters = await allCharacters(ctx, principalOf(request).personId)
    return { object: 'list', data: characters.map(modelOf) }
  })

  app.get<{ Params: { '*': string } }>(
    '/models/*',
    { schema: { tags: ['OpenAI'], summary: 'One character as a model.' } },
    async request => {
      const character = await characterOf(ctx, principalOf(request).personId, request.params['*'])
      return character ? modelOf(character) : { id: 'luna', object: 'model', created: 0, owned_by: 'luna' }
    },
  )
}

async function allCharacters(ctx: GatewayContext, personId: string): Promise<Character[]> {
  const characters: Character[] = []
  let cursor: string | null = null
  for (let page = 0; page < mostPages; page += 1) {
    const input: { limit: number; cursor?: string } = cursor === null ? { limit: 100 } : { limit: 100, cursor }
    const { items, nextCursor }: { items: Character[]; nextCursor: string | null } = await ctx.call(
      personality.calls.listCharacters,
      input,
      { scope: person(personId) },
    )
    characters.push(...items)
    if (nextCursor === null) break
    cursor = nextCursor
  }
  return characters
}
