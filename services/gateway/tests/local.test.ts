import { expect, test } from 'vitest'
import { ask, sharedGateway, startGateway } from './support/start-gateway.ts'

const shared = sharedGateway()

const local = { method: 'POST', url: '/api/v1/auth/local', remoteAddress: '127.0.0.1' } as const
const host = '127.0.0.1:8080'

test('signs in the same owner each time, with every role', async () => {
  const gateway = shared()
  const answers = await Promise.all([1, 2, 3].map(() => ask(gateway, { ...local, headers: { host } })))
  expect(answers.map(answer => answer.status)).toEqual([200, 200, 200])
  const owners = answers.map(answer => answer.body['user'] as { id: string; roles: string[]; email: null })
  expect(new Set(owners.map(owner => owner.id)).size).toBe(1)
  expect(owners[0]).toMatchObject({ roles: ['user', 'moderator', 'operator'], email: null })
})

test.each([
  ['a peer that is not this machine', { remoteAddress: '192.168.1.20' }],
  ['a foreign page', { headers: { host, origin: 'https://evil.example' } }],
  ['another program’s page on this machine', { headers: { host, origin: 'http://127.0.0.1:3000' } }],
  ['a page that hides its origin', { headers: { host, origin: 'null' } }],
  ['a foreign page that sends no origin', { headers: { host, 'sec-fetch-site': 'cross-site' } }],
  ['a name that is not loopback', { headers: { host: '192.168.1.5:8080' } }],
  ['a proxy', { headers: { host, 'x-forwarded-for': '127.0.0.1' } }],
  ['a proxy that says so in the standard way', { headers: { host, forwarded: 'for=127.0.0.1' } }],
])('refuses %s', async (_what, change) => {
  const gateway = shared()
  const answer = await ask(gateway, { ...local, headers: { host }, ...change })
  expect([answer.status, answer.code]).toEqual([403, 'forbidden'])
})

test('is shut where accounts are used', async () => {
  const gateway = await startGateway({ settings: { LUNA_AUTH: 'accounts' } })
  expect((await ask(gateway, { ...local, headers: { host } })).status).toBe(403)
})

test('register works beside it, and a page of its own may sign the owner in', async () => {
  const gateway = shared()
  const own = { host, origin: `http://${host}`, 'sec-fetch-site': 'same-origin' }
  expect((await ask(gateway, { ...local, headers: own })).status).toBe(200)
})
