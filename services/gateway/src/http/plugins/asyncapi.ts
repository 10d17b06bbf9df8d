import { readFile } from 'node:fs/promises'
import { LunaError } from '@luna/contracts'
import type { FastifyInstance } from 'fastify'

/** Derived from the contracts and checked in CI, so that the file is what the code says. */
const derived = new URL('../../../../../docs/asyncapi.json', import.meta.url)

/** AsyncAPI 3: every event, call and feed, and the frames of the WebSocket. */
export function addAsyncApi(app: FastifyInstance): void {
  app.get('/asyncapi.json', { schema: { hide: true } }, async (_request, reply) => {
    const text = await readFile(derived, 'utf8').catch(() => null)
    if (text === null)
      throw new LunaError(
        'not-found',
        'The AsyncAPI document is not part of this installation. `npm run derive` makes it.',
      )
    return reply.type('application/json; charset=utf-8').send(text)
  })
}
