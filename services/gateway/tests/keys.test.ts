import { expect, test } from 'vitest'
import { ask, type Gateway, sharedGateway, signUp } from './support/start-gateway.ts'

const shared = sharedGateway()

async function makeKey(gateway: Gateway, headers: Record<string, string>, name = 'My script') {
  const made = await ask(gateway, { method: 'POST', url: '/api/v1/me/keys', headers, payload: { name } })
  expect(made.status).toBe(201)
  return { id: made.body['id'] as string, secret: made.body['secret'] as string }
}
const keys = (headers: Record<string, string>) => ({ method: 'GET', url: '/api/v1/me/keys', headers }) as const
const remove = (id: string, headers: Record<string, string>) =>
  ({ method: 'DELETE', url: `/api/v1/me/keys/${id}`, headers }) as const

test('a key acts for its person until it is revoked', async () => {
  const gateway = shared()
  const ada = await signUp(gateway)
  const { id, secret } = await makeKey(gateway, ada.bearer)
  const bearer = { authorization: `Bearer ${secret}` }
  expect(await gateway.ctx.auth.fromToken(secret)).toMatchObject({
    personId: ada.personId,
    kind: 'key',
    keyId: id,
    sessionId: null,
    expiresAt: null,
  })
  const listed = await ask(gateway, keys(bearer))
  expect(listed.body).toMatchObject({
    items: [{ id, name: 'My script', prefix: secret.slice(0, 11) }],
    nextCursor: null,
  })
  expect(listed.text).not.toContain(secret)
  expect((await ask(gateway, remove(id, ada.bearer))).status).toBe(204)
  expect((await ask(gateway, keys(bearer))).status).toBe(401)
})

test('somebody else’s key cannot be seen or revoked', async () => {
  const gateway = shared()
  const [ada, bob] = [await signUp(gateway), await signUp(gateway)]
  const { id, secret } = await makeKey(gateway, ada.bearer)
  expect((await ask(gateway, keys(bob.bearer))).body['items']).toEqual([])
  expect((await ask(gateway, remove(id, bob.bearer))).status).toBe(404)
  expect((await gateway.ctx.auth.fromToken(secret)).personId).toBe(ada.personId)
})
