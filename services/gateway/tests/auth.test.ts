import { expect, test } from 'vitest'
import { wrapAnew } from '../src/keys/wrap-anew.ts'
import { ask, cookieHeader, cookiesOf, newEmail, sharedGateway, signUp, startGateway } from './support/start-gateway.ts'

const shared = sharedGateway()

const login = (email: string, password: string) =>
  ({ method: 'POST', url: '/api/v1/auth/login', payload: { email, password } }) as const
const refresh = (cookies: Record<string, string>) =>
  ({ method: 'POST', url: '/api/v1/auth/refresh', headers: cookieHeader(cookies) }) as const
const me = (headers: Record<string, string>) => ({ method: 'GET', url: '/api/v1/me', headers }) as const

test('registers, signs in with another spelling of the address, and says who is signed in', async () => {
  const gateway = shared()
  const registered = await ask(gateway, {
    method: 'POST',
    url: '/api/v1/auth/register',
    payload: { email: 'Ada@Example.org', password: 'correct horse', displayName: 'Ada' },
  })
  expect(registered.status).toBe(201)
  expect(registered.body).toMatchObject({ user: { displayName: 'Ada', email: 'ada@example.org' }, expiresIn: 900 })
  const answer = await ask(gateway, login(' ADA@example.ORG', 'correct horse'))
  expect(answer.status).toBe(200)
  const who = await ask(gateway, me({ authorization: `Bearer ${answer.body['accessToken']}` }))
  expect(who.body).toMatchObject({ displayName: 'Ada', email: 'ada@example.org', roles: ['user'], version: 1 })
  expect(who.headers.etag).toBe('"1"')
})

test('gives its cookies to the browser alone', async () => {
  const gateway = shared()
  const { headers } = await gateway.app.inject({
    method: 'POST',
    url: '/api/v1/auth/register',
    payload: { email: newEmail(), password: 'correct horse' },
  })
  const cookies = [headers['set-cookie'] ?? []].flat()
  expect(cookies).toHaveLength(2)
  for (const cookie of cookies) expect(cookie).toMatch(/; HttpOnly; SameSite=Strict$/)
  expect(cookies.find(cookie => cookie.startsWith('luna_refresh='))).toContain('Path=/api/v1/auth;')
})

test('a second account with the same address is a conflict, also when both come at once', async () => {
  const gateway = shared()
  const email = newEmail()
  const both = await Promise.allSettled([signUp(gateway, email), signUp(gateway, email)])
  expect(both.map(result => result.status).toSorted()).toEqual(['fulfilled', 'rejected'])
  const again = await ask(gateway, {
    method: 'POST',
    url: '/api/v1/auth/register',
    payload: { email, password: 'other words' },
  })
  expect([again.status, again.code]).toEqual([409, 'conflict'])
})

test('says the same of an unknown address and a wrong password', async () => {
  const gateway = shared()
  const email = newEmail()
  await signUp(gateway, email)
  const wrong = await ask(gateway, login(email, 'wrong horse'))
  const unknown = await ask(gateway, login(newEmail(), 'wrong horse'))
  expect(wrong.status).toBe(401)
  expect(unknown.body).toEqual(wrong.body)
})

test('names every fault of a registration', async () => {
  const gateway = shared()
  const answer = await ask(gateway, {
    method: 'POST',
    url: '/api/v1/auth/register',
    payload: { email: 'nobody', password: 'short', admin: true },
  })
  expect(answer.status).toBe(400)
  expect(answer.headers['content-type']).toContain('application/problem+json')
  expect(answer.body).toMatchObject({
    code: 'invalid',
    retryable: false,
    status: 400,
    instance: '/api/v1/auth/register',
  })
  const paths = (answer.body['errors'] as { path: string }[]).map(fault => fault.path)
  expect(paths).toEqual(expect.arrayContaining(['body.email', 'body.password']))
})

test('refreshing rotates the token', async () => {
  const gateway = shared()
  const { cookies } = await signUp(gateway)
  const first = await gateway.app.inject(refresh(cookies))
  const second = await gateway.app.inject(refresh(cookiesOf(first.headers['set-cookie'])))
  expect([first.statusCode, second.statusCode]).toEqual([200, 200])
  expect(cookiesOf(second.headers['set-cookie'])['luna_refresh']).not.toBe(cookies['luna_refresh'])
})

test('a refresh token used twice ends the session for both holders, everywhere', async () => {
  const gateway = shared()
  const thief = await signUp(gateway)
  const first = await gateway.app.inject(refresh(thief.cookies))
  const honest = cookiesOf(first.headers['set-cookie'])
  const bearer = { authorization: `Bearer ${first.json<{ accessToken: string }>().accessToken}` }
  expect((await ask(gateway, me(bearer))).status).toBe(200)

  expect((await ask(gateway, refresh(thief.cookies))).status).toBe(401)
  expect((await ask(gateway, refresh(honest))).status).toBe(401)
  expect((await ask(gateway, me(bearer))).status).toBe(401)
  expect((await ask(gateway, me(thief.bearer))).status).toBe(401)
})

test('of two refreshes with one token at once, one ends the session', async () => {
  const gateway = shared()
  const { cookies } = await signUp(gateway)
  const answers = await Promise.all([gateway.app.inject(refresh(cookies)), gateway.app.inject(refresh(cookies))])
  expect(answers.map(answer => answer.statusCode).toSorted()).toEqual([200, 401])
})

test('logging out ends this session at once and no other', async () => {
  const gateway = shared()
  const email = newEmail()
  const here = await signUp(gateway, email)
  const there = await ask(gateway, login(email, 'correct horse'))
  await ask(gateway, me(here.bearer))
  const out = await ask(gateway, { method: 'POST', url: '/api/v1/auth/logout', headers: here.bearer })
  expect(out.status).toBe(204)
  expect((await ask(gateway, me(here.bearer))).status).toBe(401)
  expect((await ask(gateway, refresh(here.cookies))).status).toBe(401)
  expect((await ask(gateway, me({ authorization: `Bearer ${there.body['accessToken']}` }))).status).toBe(200)
})

test('another password ends every other session, and needs the present one', async () => {
  const gateway = shared()
  const email = newEmail()
  const here = await signUp(gateway, email)
  const there = await ask(gateway, login(email, 'correct horse'))
  const change = (current: string) =>
    ask(gateway, {
      method: 'POST',
      url: '/api/v1/me/password',
      headers: here.bearer,
      payload: { current, password: 'battery staple' },
    })
  expect((await change('wrong horse')).status).toBe(403)
  expect((await change('correct horse')).status).toBe(204)
  expect((await ask(gateway, me(here.bearer))).status).toBe(200)
  expect((await ask(gateway, me({ authorization: `Bearer ${there.body['accessToken']}` }))).status).toBe(401)
  expect((await ask(gateway, login(email, 'correct horse'))).status).toBe(401)
  expect((await ask(gateway, login(email, 'battery staple'))).status).toBe(200)
})

test('tokens that are changed, unsigned, or nonsense are refused', async () => {
  const gateway = shared()
  const { accessToken } = await signUp(gateway)
  const [head = '', body = '', signature = ''] = accessToken.split('.')
  const none = Buffer.from(JSON.stringify({ alg: 'none', typ: 'at+jwt' })).toString('base64url')
  const forged = Buffer.from(
    JSON.stringify({ ...JSON.parse(Buffer.from(body, 'base64url').toString()), sub: gateway.ctx.random.id() }),
  )
  for (const token of [`${head}.${forged.toString('base64url')}.${signature}`, `${none}.${body}.`, 'luna_unknown', 'x'])
    expect((await ask(gateway, me({ authorization: `Bearer ${token}` }))).code).toBe('unauthorized')
})

test('keys nobody has used since are wrapped anew too, so that the previous master key may go', async () => {
  const [before, after] = ['an old master key, long', 'a new master key, longer']
  const first = await startGateway({ settings: { LUNA_MASTER_KEY: before } })
  const email = newEmail()
  await signUp(first, email)
  await first.stop()
  const settings = { LUNA_MASTER_KEY: after, LUNA_MASTER_KEY_PREVIOUS: before }
  const second = await startGateway({ beside: first, settings })
  expect(await wrapAnew(second.ctx, () => false)).toBe(1)
  await second.stop()
  const third = await startGateway({ beside: first, settings: { LUNA_MASTER_KEY: after } })
  expect((await ask(third, login(email, 'correct horse'))).body).toMatchObject({ user: { email } })
})

test('the public keys verify what was signed, after a change of the master key as well', async () => {
  const first = await startGateway({ settings: { LUNA_MASTER_KEY: 'an old master key, long' } })
  const email = newEmail()
  const { bearer, cookies } = await signUp(first, email)
  await first.stop()
  const second = await startGateway({
    beside: first,
    settings: { LUNA_MASTER_KEY: 'a new master key, longer', LUNA_MASTER_KEY_PREVIOUS: 'an old master key, long' },
  })
  expect((await ask(second, me(bearer))).status).toBe(200)
  expect((await second.app.inject(refresh(cookies))).statusCode).toBe(200)
  expect((await ask(second, login(email, 'correct horse'))).status).toBe(200)
  await second.stop()
  const third = await startGateway({ beside: first, settings: { LUNA_MASTER_KEY: 'a new master key, longer' } })
  expect((await ask(third, login(email, 'correct horse'))).status).toBe(200)
  expect((await ask(third, me(bearer))).status).toBe(401)
  const jwks = await ask(third, { method: 'GET', url: '/.well-known/jwks.json' })
  expect(jwks.body).toMatchObject({ keys: [{ kty: 'OKP', crv: 'Ed25519', alg: 'EdDSA', use: 'sig' }] })
  expect(jwks.text).not.toContain('"d"')
})

test('guessing at one account is slowed down, from whatever address', async () => {
  const gateway = await startGateway({ settings: { LUNA_LIMITS: '{"auth": {"burst": 9, "perMinute": 1}}' } })
  const email = newEmail()
  const guesses = []
  for (let guess = 0; guess < 4; guess += 1)
    guesses.push(await ask(gateway, { ...login(email, 'wrong horse'), remoteAddress: `192.0.2.${guess}` }))
  expect(guesses.map(answer => answer.status)).toEqual([401, 401, 401, 429])
  expect(guesses[3]?.body).toMatchObject({ code: 'rate-limited', retryable: true })
  expect(Number(guesses[3]?.headers['retry-after'])).toBeGreaterThan(0)
})
