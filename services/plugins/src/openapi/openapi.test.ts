import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, it, vi } from 'vitest'
import { readManifest } from '../manifest/read-manifest.ts'
import { manifestOfOpenapi } from './manifest-of-openapi.ts'
import { readDocument } from './read-document.ts'

// The parser is large, and read when it is first needed.
vi.setConfig({ testTimeout: 30_000 })

const document = `
openapi: 3.0.3
info: { title: Pet Store!, version: 1.2.3, description: Pets. }
servers: [{ url: 'https://{region}.pets.example/v1', variables: { region: { default: eu } } }]
security: [{ key: [] }]
components:
  securitySchemes:
    key: { type: apiKey, in: header, name: X-Key }
    flow: { type: oauth2, flows: { clientCredentials: { tokenUrl: 'https://login.example/token', scopes: { read: r } } } }
  schemas: { Pet: { type: object, required: [name], properties: { name: { type: string } } } }
paths:
  /pets/{pet-id}:
    parameters: [{ name: pet-id, in: path, required: true, schema: { type: integer } }]
    get: { operationId: getPet, summary: One pet, responses: { '200': { description: ok } } }
    delete: { security: [{ flow: [read] }], responses: { '204': { description: gone } } }
  /pets:
    post:
      operationId: addPet
      requestBody: { required: true, content: { application/json: { schema: { $ref: '#/components/schemas/Pet' } } } }
      responses: { '201': { description: made } }
`

it('makes actions of operations, with their auth, and the manifest can be installed', async () => {
  const manifest = await readManifest(manifestOfOpenapi(await readDocument(document), {}))
  expect(manifest).toMatchObject({
    id: 'pet-store',
    version: '1.2.3',
    capabilities: { hosts: ['eu.pets.example', 'login.example'] },
  })
  const [get, remove, add] = manifest.actions
  expect(get).toMatchObject({
    name: 'getPet',
    effect: 'read',
    parameters: { required: ['pet-id'] },
    run: {
      url: 'https://eu.pets.example/v1/pets/{pet-id}',
      auth: { type: 'api-key', in: 'header', name: 'X-Key', secret: 'KEY' },
    },
  })
  expect(remove).toMatchObject({
    effect: 'act',
    run: { method: 'DELETE', auth: { type: 'oauth2-client-credentials', scopes: ['read'] } },
  })
  expect(add).toMatchObject({
    effect: 'act',
    parameters: { required: ['body'], properties: { body: { required: ['name'] } } },
    run: { method: 'POST', body: '{body}' },
  })
})

it('follows no reference to a file or an address', async () => {
  let asked = 0
  const server = createServer((_, response) => {
    asked += 1
    response.end('{}')
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  for (const ref of [`http://127.0.0.1:${port}/schema.json`, 'file:///etc/passwd', '/etc/passwd', './x.json']) {
    const evil = document.replace('#/components/schemas/Pet', ref)
    await readDocument(evil).then(
      read => expect(JSON.stringify(read)).not.toContain('root:'),
      (error: unknown) => expect(error).toMatchObject({ code: 'invalid' }),
    )
  }
  expect(asked).toBe(0)
  server.close()
})

it('says what is wrong with what is no OpenAPI 3', async () => {
  await expect(readDocument('swagger: "2.0"')).rejects.toMatchObject({
    code: 'invalid',
    message: expect.stringContaining('OpenAPI 3'),
  })
  await expect(readDocument('[1')).rejects.toMatchObject({ code: 'invalid' })
})
