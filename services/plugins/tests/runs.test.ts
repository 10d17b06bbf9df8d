import { plugins } from '@luna/contracts'
import { person, systemRandom } from '@luna/service'
import { waitFor } from '@luna/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { canary } from './canary.ts'
import { codeManifest, httpManifest } from './manifests.ts'
import { type OnABus, onABus } from './on-a-bus.ts'

let on: OnABus
let site: Awaited<ReturnType<typeof canary>>
beforeAll(async () => {
  site = await canary()
  on = await onABus({ LUNA_PLUGIN_HOSTS: site.host, LUNA_PLUGIN_RUNS_PER_DAY: '12' })
})
afterAll(async () => {
  await on.close()
  await site.close()
})

async function installed(manifest: ReturnType<typeof httpManifest>, scope = person(systemRandom.id())) {
  await on.call(plugins.calls.register, { manifest }, scope)
  const secrets = Object.fromEntries((manifest.capabilities?.secrets ?? []).map(({ name }) => [name, 'value']))
  await on.call(plugins.calls.install, { id: manifest.id, secrets }, scope)
  return scope
}
const execute = (name: string, args: unknown, scope: ReturnType<typeof person>, callId = systemRandom.id()) =>
  on.call(plugins.calls.execute, { callId, turnId: null, name, arguments: JSON.stringify(args) }, scope)

test('twenty at once with one id are one request, and all get its answer', async () => {
  const ada = await installed(
    httpManifest(site.url, {
      effect: 'act',
      run: { type: 'http', method: 'POST', url: `${site.url}/once`, body: { q: '{q}' } },
    }),
  )
  const before = site.seen.length
  const answers = await Promise.all(Array.from({ length: 20 }, () => execute('echo__echo', { q: 'x' }, ada, 'same')))
  expect(new Set(answers.map(({ runId }) => runId)).size).toBe(1)
  expect(site.seen.length - before).toBe(1)
  expect(site.seen.at(-1)).toMatchObject({
    body: '{"q":"x"}',
    headers: { 'idempotency-key': expect.stringMatching(/^[0-9a-f]{36}$/) },
  })
})

test('a run whose process is gone is not repeated when it acts, and is when it reads', async () => {
  const ada = await installed(httpManifest(site.url, { run: { type: 'http', url: `${site.url}/read` } }))
  const lose = async (callId: string) => {
    await execute('echo__echo', {}, ada, callId)
    await on.sql(
      `update plugins.runs set status = 'running', result = null, holder = 'gone', lease_until = now() - interval '1 second' where call_id = '${callId}'`,
      'administrator',
    )
  }
  await lose('read-1')
  const before = site.seen.length
  expect(await execute('echo__echo', {}, ada, 'read-1')).toMatchObject({ status: 'done' })
  expect(site.seen.length - before).toBe(1)
  await installed(
    httpManifest(site.url, { effect: 'act', run: { type: 'http', url: `${site.url}/act`, method: 'POST' } }),
    ada,
  )
  await lose('act-1')
  const acted = site.seen.length
  expect(await execute('echo__echo', {}, ada, 'act-1')).toMatchObject({
    status: 'failed',
    result: expect.stringContaining('unknown'),
  })
  expect(site.seen.length).toBe(acted)
})

test('what code stores becomes true with the end of its run, or not at all', async () => {
  const source = `export async function execute(a, { fail }, luna) {
    const n = (await luna.storage.get('n') ?? 0) + 1
    await luna.storage.set('n', n)
    if (fail) throw new Error('half-way')
    return { n, read: await luna.storage.get('n') }
  }`
  const ada = await installed(codeManifest('counter', source, { capabilities: { storage: true } }))
  expect(await execute('counter__run', {}, ada)).toMatchObject({ data: { n: 1, read: 1 } })
  expect(await execute('counter__run', { fail: true }, ada)).toMatchObject({
    status: 'failed',
    result: expect.stringContaining('half-way'),
  })
  expect((await execute('counter__run', {}, ada)).data).toEqual({ n: 2, read: 2 })
})

test('a run can be cancelled, and ends in time when its endpoint hangs', async () => {
  site.on('/hang', () => {})
  const run = { type: 'http', url: `${site.url}/hang` } as const
  const ada = await installed(httpManifest(site.url, { run, timeoutMs: 20_000 }))
  const running = execute('echo__echo', {}, ada, 'hangs')
  const runOf = async () =>
    (await on.call(plugins.calls.listRuns, {}, ada)).items.find(({ callId }) => callId === 'hangs')
  await waitFor(async () => (await runOf())?.status === 'running')
  await on.call(plugins.calls.cancelRun, { runId: (await runOf())?.id ?? '' }, ada)
  expect(await running).toMatchObject({ status: 'failed', code: 'cancelled' })
  expect((await runOf())?.status).toBe('cancelled')
  await installed(httpManifest(site.url, { run, timeoutMs: 150 }), ada)
  expect(await execute('echo__echo', {}, ada)).toMatchObject({ status: 'failed', code: 'timeout' })
})

test('bad answers are told as what they are, and never hold a secret', async () => {
  site.on('/bad', (_, response) => void response.end('<html>oops'))
  site.on(
    '/echoes',
    (request, response) => void response.writeHead(500).end(`you sent ${request.headers.authorization}`),
  )
  const mapped = { type: 'http', url: `${site.url}/bad`, response: { select: '/a' } } as const
  const ada = await installed(httpManifest(site.url, { run: mapped }))
  expect(await execute('echo__echo', {}, ada)).toMatchObject({
    status: 'failed',
    result: expect.stringContaining('not JSON'),
  })
  await on.call(
    plugins.calls.register,
    {
      manifest: httpManifest(site.url, {
        run: { type: 'http', url: `${site.url}/echoes`, auth: { type: 'bearer', secret: 'API_KEY' } },
      }),
    },
    ada,
  )
  await on.call(plugins.calls.install, { id: 'echo', secrets: { API_KEY: 'very-secret-value' } }, ada)
  const failed = await execute('echo__echo', {}, ada)
  expect(failed).toMatchObject({ status: 'failed', result: expect.stringContaining('[secret]') })
  expect(failed.result).not.toContain('very-secret-value')
})

test('a client’s credentials bring a token, which is kept and renewed when it ends', async () => {
  let tokens = 0
  site.on('/token', (request, response) => {
    expect(request.body).toContain('grant_type=client_credentials')
    tokens += 1
    response
      .setHeader('content-type', 'application/json')
      .end(JSON.stringify({ access_token: `token-${tokens}`, expires_in: tokens === 1 ? 3_600 : 1 }))
  })
  const auth = {
    type: 'oauth2-client-credentials',
    tokenUrl: `${site.url}/token`,
    clientId: 'ID',
    clientSecret: 'SECRET',
  } as const
  const manifest = httpManifest(site.url, { run: { type: 'http', url: `${site.url}/echo`, auth } })
  manifest.capabilities = { ...manifest.capabilities, secrets: [{ name: 'ID' }, { name: 'SECRET' }] }
  const ada = await installed(manifest)
  const sent = async () => {
    await execute('echo__echo', {}, ada)
    return site.seen.findLast(({ url }) => url === '/echo')?.headers.authorization
  }
  expect([await sent(), await sent()]).toEqual(['Bearer token-1', 'Bearer token-1'])
  await on.sql(`delete from plugins.secrets where name like 'oauth:%'`, 'administrator')
  expect([await sent(), await sent()]).toEqual(['Bearer token-2', 'Bearer token-3'])
})

test('signing in elsewhere: the code comes back to whoever began, once, and is renewed by its refresh token', async () => {
  const forms: URLSearchParams[] = []
  site.on('/code-token', (request, response) => {
    forms.push(new URLSearchParams(request.body))
    response
      .setHeader('content-type', 'application/json')
      .end(
        JSON.stringify({ access_token: `user-${forms.length}`, expires_in: 1, refresh_token: `again-${forms.length}` }),
      )
  })
  const auth = {
    type: 'oauth2-authorization-code',
    authorizationUrl: `${site.url}/authorize`,
    tokenUrl: `${site.url}/code-token`,
    clientId: 'ID',
    scopes: ['read'] as string[],
  } as const
  const manifest = httpManifest(site.url, { run: { type: 'http', url: `${site.url}/echo`, auth } })
  manifest.capabilities = { ...manifest.capabilities, secrets: [{ name: 'ID' }] }
  const ada = await installed(manifest)
  expect(await execute('echo__echo', {}, ada)).toMatchObject({ status: 'failed', code: 'unauthorized' })
  const { url } = await on.call(
    plugins.calls.beginSignIn,
    { id: 'echo', redirectUri: 'https://luna.example/back' },
    ada,
  )
  const state = new URL(url).searchParams.get('state') ?? ''
  await expect(
    on.call(plugins.calls.finishSignIn, { state, code: 'c' }, person(systemRandom.id())),
  ).rejects.toMatchObject({ code: 'not-found' })
  await on.call(plugins.calls.finishSignIn, { state, code: 'the-code' }, ada)
  await expect(on.call(plugins.calls.finishSignIn, { state, code: 'c' }, ada)).rejects.toMatchObject({
    code: 'not-found',
  })
  expect(forms[0]?.get('code')).toBe('the-code')
  expect(forms[0]?.get('code_verifier')?.length).toBeGreaterThan(40)
  await execute('echo__echo', {}, ada)
  expect(forms[1]?.get('refresh_token')).toBe('again-1')
  expect(site.seen.at(-1)?.headers.authorization).toBe('Bearer user-2')
})

test('beyond the quota of a day nothing runs', async () => {
  const ada = person(systemRandom.id())
  for (let count = 0; count < 12; count += 1) await execute('calculator__evaluate', { expression: '1' }, ada)
  await expect(execute('calculator__evaluate', { expression: '1' }, ada)).rejects.toMatchObject({
    code: 'rate-limited',
  })
})
