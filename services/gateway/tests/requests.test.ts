import { LunaError } from '@luna/contracts'
import { expect, test } from 'vitest'
import { ask, sharedGateway, signUp, startGateway } from './support/start-gateway.ts'

const shared = sharedGateway()

const makeKey = (headers: Record<string, string>, name = 'a key') =>
  ({ method: 'POST', url: '/api/v1/me/keys', headers, payload: { name } }) as const

test('a POST sent again under its Idempotency-Key is done once and answered alike', async () => {
  const gateway = shared()
  const { bearer } = await signUp(gateway)
  const headers = { ...bearer, 'idempotency-key': 'd9f6' }
  const first = await ask(gateway, makeKey(headers))
  const again = await ask(gateway, makeKey(headers))
  expect([first.status, again.status]).toEqual([201, 201])
  expect(again.body).toEqual(first.body)
  expect(again.headers['idempotency-replayed']).toBe('true')
  const listed = await ask(gateway, { method: 'GET', url: '/api/v1/me/keys', headers: bearer })
  expect(listed.body['items']).toHaveLength(1)
})

test('the same key for another request is a conflict; somebody else’s same key is their own', async () => {
  const gateway = shared()
  const [ada, bob] = [await signUp(gateway), await signUp(gateway)]
  const key = { 'idempotency-key': 'same' }
  await ask(gateway, makeKey({ ...ada.bearer, ...key }))
  expect((await ask(gateway, makeKey({ ...ada.bearer, ...key }, 'another'))).code).toBe('conflict')
  expect((await ask(gateway, makeKey({ ...bob.bearer, ...key }))).status).toBe(201)
})

test('a request that failed may be tried again under its key', async () => {
  const gateway = shared()
  const { bearer } = await signUp(gateway)
  const open = {
    method: 'POST',
    url: '/api/v1/conversations',
    headers: { ...bearer, 'idempotency-key': 'k' },
    payload: {},
  } as const
  const answers = [await ask(gateway, open), await ask(gateway, open)]
  expect(answers.map(answer => answer.code)).toEqual(['unavailable', 'unavailable'])
})

test('a stale If-Match is refused and says which version stands', async () => {
  const gateway = shared()
  const { bearer } = await signUp(gateway)
  const rename = (match: string) =>
    ask(gateway, {
      method: 'PATCH',
      url: '/api/v1/me',
      headers: { ...bearer, 'if-match': match },
      payload: { displayName: 'Ada' },
    })
  const changed = await rename('"1"')
  expect([changed.status, changed.headers.etag]).toEqual([200, '"2"'])
  const stale = await rename('"1"')
  expect([stale.status, stale.code, stale.body['details']]).toEqual([412, 'stale', { version: 2 }])
  expect((await rename('one')).status).toBe(400)
})

test.each([
  ['bad JSON', '{"name": ', 'invalid', 400],
  ['a polluting key', '{"name": "a", "__proto__": {"admin": true}}', 'invalid', 400],
  ['a body over the limit', `{"name": "${'x'.repeat(300_000)}"}`, 'too-large', 413],
  ['an unknown member', '{"name": "a", "other": 1}', 'invalid', 400],
])('%s is a clear error', async (_what, payload, code, status) => {
  const gateway = shared()
  const { bearer } = await signUp(gateway)
  const headers = { ...bearer, 'content-type': 'application/json' }
  const answer = await ask(gateway, { method: 'POST', url: '/api/v1/me/keys', headers, payload })
  expect([answer.status, answer.code]).toEqual([status, code])
  expect(answer.headers['content-type']).toContain('application/problem+json')
  expect(({} as { admin?: boolean }).admin).toBeUndefined()
})

test('an unknown route, and a service that is away, are problems too', async () => {
  const gateway = shared()
  const { bearer } = await signUp(gateway)
  const nowhere = await ask(gateway, { method: 'GET', url: '/api/v1/nothing?secret=1', headers: bearer })
  expect(nowhere.body).toMatchObject({ status: 404, code: 'not-found', instance: '/api/v1/nothing' })
  const away = await ask(gateway, { method: 'GET', url: '/api/v1/conversations', headers: bearer })
  expect([away.status, away.code, away.body['retryable']]).toEqual([503, 'unavailable', true])
  const half = await ask(gateway, { method: 'GET', url: '/api/v1/me/export', headers: bearer })
  expect(half.status).toBe(503)
})

test('nothing internal leaves: a fault of ours is logged and answered in general words', async () => {
  const gateway = await startGateway()
  const { bearer } = await signUp(gateway)
  const broken = { ...gateway.ctx.db, transaction: () => Promise.reject(new Error('secret-internal-detail')) }
  Object.assign(gateway.ctx, { db: broken })
  const answer = await ask(gateway, {
    method: 'PATCH',
    url: '/api/v1/me',
    headers: bearer,
    payload: { displayName: 'x' },
  })
  expect([answer.status, answer.code]).toEqual([500, LunaError.from(null).code])
  expect(answer.text).not.toContain('secret-internal-detail')
})

test('too many requests of one person are slowed down, with the time to wait', async () => {
  const gateway = await startGateway({ settings: { LUNA_LIMITS: '{"requests": {"burst": 3, "perMinute": 1}}' } })
  const [ada, bob] = [await signUp(gateway, undefined), await signUp(gateway)]
  const me = (headers: Record<string, string>) => ask(gateway, { method: 'GET', url: '/api/v1/me', headers })
  const statuses = []
  for (let n = 0; n < 4; n += 1) statuses.push((await me(ada.bearer)).status)
  expect(statuses).toEqual([200, 200, 200, 429])
  expect((await me(bob.bearer)).status).toBe(200)
})

test('an operator’s pages are for operators', async () => {
  const gateway = shared()
  const { bearer } = await signUp(gateway)
  expect((await ask(gateway, { method: 'GET', url: '/api/v1/admin/services', headers: bearer })).code).toBe('forbidden')
  const local = await ask(gateway, { method: 'POST', url: '/api/v1/auth/local' })
  const owner = { authorization: `Bearer ${local.body['accessToken']}` }
  const services = await ask(gateway, { method: 'GET', url: '/api/v1/admin/services', headers: owner })
  const items = services.body['items'] as { service: string; ready: boolean }[]
  expect(items.find(item => item.service === 'gateway')).toMatchObject({
    ready: true,
    checks: { database: 'ok', bus: 'ok' },
  })
  expect(items.find(item => item.service === 'chat')?.ready).toBe(false)
  const letters = await ask(gateway, { method: 'GET', url: '/api/v1/admin/dead-letters', headers: owner })
  expect(letters.body).toEqual({ items: [], nextCursor: null })
  const none = await ask(gateway, {
    method: 'POST',
    url: `/api/v1/admin/dead-letters/${gateway.ctx.random.id()}/redeliver`,
    headers: owner,
  })
  expect(none.status).toBe(404)
})
