import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import { errorTable, lunaVersion } from '@luna/contracts'
import type { FastifyInstance } from 'fastify'
import { jsonSchemaTransform } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { problem, problemType } from '../problem.ts'

const problemResponse = {
  description: `An error (RFC 9457). \`code\` is one of ${Object.keys(errorTable).join(', ')}.`,
  content: { [problemType]: { schema: { $ref: '#/components/schemas/Problem' } } },
}

type Operations = Record<string, { responses?: Record<string, unknown> } | undefined>

/** OpenAPI 3.1 from the schemas of the routes: registered before them. */
export async function addOpenApi(app: FastifyInstance): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Luna',
        version: lunaVersion,
        description: 'Talk with AI companions.',
        license: { name: 'Apache-2.0' },
      },
      components: {
        schemas: { Problem: z.toJSONSchema(problem) as object },
        securitySchemes: {
          bearer: { type: 'http', scheme: 'bearer', description: 'An access token or an API key.' },
          cookie: { type: 'apiKey', in: 'cookie', name: 'luna_session' },
        },
      },
      security: [{ bearer: [] }, { cookie: [] }],
    },
    transform: jsonSchemaTransform,
    transformObject(document) {
      if (!('openapiObject' in document)) return document.swaggerObject
      const { openapiObject } = document
      for (const operations of Object.values(openapiObject.paths ?? {}))
        for (const operation of Object.values((operations ?? {}) as Operations))
          if (operation?.responses) operation.responses['default'] = problemResponse
      return openapiObject
    },
  })
}

/** The readable page: scripts and styles are files of our own, so it lives under the same policy as everything else. */
export async function addDocs(app: FastifyInstance): Promise<void> {
  app.get('/openapi.json', { schema: { hide: true } }, async () => app.swagger())
  await app.register(swaggerUi, {
    routePrefix: '/docs',
    theme: { title: 'Luna: the API' },
    uiConfig: { layout: 'BaseLayout', docExpansion: 'list', deepLinking: true, validatorUrl: null },
  })
}
