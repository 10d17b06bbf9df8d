import { expect, test } from 'vitest'
import {
  ask,
  cookieHeader,
  cookiesOf,
  type Gateway,
  sharedGateway,
  signUp,
  startGateway,
} from './support/start-gateway.ts'

const shared = sharedGateway()

const host = '127.0.0.1:8080'
const own = { host, origin: 'http://127.0.0.1:8080' }
const foreign = { host, origin: 'https://evil.example' }
const rename = (headers: Record<string, string>) =>
  ({ method: 'PATCH', url: '/api/v1/me', headers, payload: { displayName: 'Somebody else' } }) as const

async function csrf({ app }: Gateway, cookies: Record<string, string>) {
  const response = await app.inject({ method: 'GET', url: '/api/v1/auth/csrf', headers: cookieHeader(cookies) })
  return {
    token: response.json<{ token: string }>().token,
    cookies: { ...cookies, ...cookiesOf(response.headers['set-cookie']) },
  }
}

test('a cookie reads, and changes only with the token of its own session', async () => {
  const gateway = shared()
  const { cookies } = await signUp(gateway)
  const read = await ask(gateway, { method: 'GET', url: '/api/v1/me', headers: cookieHeader(cookies) })
  expect(read.status).toBe(200)

  const mine = await csrf(gateway, cookies)
  const sent = { ...own, ...cookieHeader(mine.cookies) }
  expect((await ask(gateway, rename(sent))).status).toBe(403)
  expect((await ask(gateway, rename({ ...sent, 'x-csrf-token': mine.token }))).status).toBe(200)

  expect((await csrf(gateway, mine.cookies)).token).toBe(mine.token)
  const other = await csrf(gateway, (await signUp(gateway)).cookies)
  const planted = { ...mine.cookies, luna_csrf: other.token }
  const attack = await ask(gateway, rename({ ...own, ...cookieHeader(planted), 'x-csrf-token': other.token }))
  expect(attack.status).toBe(403)
})

test('a foreign page is refused with a cookie, even with the token, and whatever it asks', async () => {
  const gateway = shared()
  const { cookies, bearer } = await signUp(gateway)
  const mine = await csrf(gateway, cookies)
  const headers = { ...foreign, ...cookieHeader(mine.cookies), 'x-csrf-token': mine.token }
  expect((await ask(gateway, rename(headers))).code).toBe('forbidden')
  expect((await ask(gateway, { method: 'GET', url: '/api/v1/me', headers })).code).toBe('forbidden')
  expect((await ask(gateway, { method: 'GET', url: '/api/v1/me', headers: { ...foreign, ...bearer } })).status).toBe(
    200,
  )
})

test('nobody signs in, refreshes or is signed out from a foreign page', async () => {
  const gateway = shared()
  const { cookies } = await signUp(gateway)
  for (const path of ['login', 'register', 'refresh', 'logout', 'local']) {
    const headers = { ...foreign, ...cookieHeader(cookies) }
    const answer = await ask(gateway, { method: 'POST', url: `/api/v1/auth/${path}`, headers, payload: {} })
    expect([path, answer.status]).toEqual([path, 403])
  }
  expect((await ask(gateway, { method: 'GET', url: '/api/v1/me', headers: cookieHeader(cookies) })).status).toBe(200)
})

test('a configured origin may, and is answered by CORS; no other is', async () => {
  const gateway = await startGateway({ settings: { LUNA_ORIGINS: 'https://app.example.org' } })
  const { cookies } = await signUp(gateway)
  const app = { host, origin: 'https://app.example.org' }
  const read = await ask(gateway, { method: 'GET', url: '/api/v1/me', headers: { ...app, ...cookieHeader(cookies) } })
  expect(read.headers).toMatchObject({
    'access-control-allow-origin': 'https://app.example.org',
    'access-control-allow-credentials': 'true',
  })
  const preflight = { method: 'OPTIONS', url: '/api/v1/me' } as const
  const asked = { 'access-control-request-method': 'PATCH' }
  expect((await ask(gateway, { ...preflight, headers: { ...app, ...asked } })).status).toBe(204)
  const refused = await ask(gateway, { ...preflight, headers: { ...foreign, ...asked } })
  expect(refused.headers['access-control-allow-origin']).toBeUndefined()
})

test('a name that is not ours is answered nowhere (DNS rebinding)', async () => {
  const gateway = await startGateway({ settings: { LUNA_ORIGINS: 'https://luna.example.org' } })
  for (const url of [
    '/',
    '/health/live',
    '/api/v1/me',
    '/openapi.json',
    '/docs',
    '/nothing',
    '/.well-known/jwks.json',
  ]) {
    const answer = await ask(gateway, { method: 'GET', url, headers: { host: 'rebound.example:8080' } })
    expect([url, answer.status]).toEqual([url, 403])
  }
  for (const name of ['localhost:8080', '127.0.0.1', '[::1]:8080', '10.1.2.3:80', 'luna.example.org'])
    expect((await ask(gateway, { method: 'GET', url: '/health/live', headers: { host: name } })).status).toBe(200)
})

test('an upgrade by cookie must name an allowed Origin', async () => {
  const gateway = shared()
  const { cookies } = await signUp(gateway)
  const upgrade = (headers: Record<string, string>) =>
    gateway.ctx.auth.fromRequest(
      { headers: { ...headers, ...cookieHeader(cookies) }, method: 'GET' },
      { upgrade: true },
    )
  await expect(upgrade({ host })).rejects.toMatchObject({ code: 'forbidden' })
  await expect(upgrade(foreign)).rejects.toMatchObject({ code: 'forbidden' })
  await expect(upgrade(own)).resolves.toMatchObject({ kind: 'session' })
  await expect(
    gateway.ctx.auth.fromRequest({ headers: { ...own, ...cookieHeader(cookies) }, method: 'GET' }, { cookies: false }),
  ).rejects.toMatchObject({ code: 'unauthorized' })
})

test('every answer carries the policy, and the request’s own id', async () => {
  const gateway = shared()
  for (const url of ['/', '/api/v1/me', '/docs', '/nothing.txt']) {
    const { headers } = await ask(gateway, {
      method: 'GET',
      url,
      headers: { 'x-request-id': 'mine-1', accept: 'text/html' },
    })
    expect(headers['content-security-policy']).toContain("script-src 'self';")
    expect(headers['content-security-policy']).not.toContain('unsafe')
    expect(headers['x-request-id']).toBe('mine-1')
  }
  const { headers } = await ask(gateway, { method: 'GET', url: '/', headers: { 'x-request-id': 'no good\u00e9' } })
  expect(headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/)
})
