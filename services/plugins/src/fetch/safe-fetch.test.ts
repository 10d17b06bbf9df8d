// oxlint-disable vitest/valid-expect -- Vitest takes a message: which of the many forms it was
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parseReachableHosts } from './reachable-hosts.ts'
import { createSafeFetch, type SafeFetch } from './safe-fetch.ts'

/** Two listeners: a canary that nobody may reach, and a site that the operator has opened. */
let hits = 0
let inner: Server
let site: Server
let canaryPort: number
let siteUrl: string
/** The same server by another name, open to plugins as well: another origin. */
let otherUrl: string
let asked: string[] = []
let guarded: SafeFetch
let names: Record<string, string[]> = {}

const listen = (server: Server, host: string): Promise<number> =>
  new Promise(resolve => server.listen(0, host, () => resolve((server.address() as AddressInfo).port)))

beforeAll(async () => {
  inner = createServer((_, response) => {
    hits += 1
    response.end('the canary')
  })
  canaryPort = await listen(inner, '::')
  site = createServer((request, response) => {
    asked.push(request.headers.host ?? '')
    const to = new URL(request.url ?? '/', 'http://site').searchParams.get('to')
    if (to) return response.writeHead(Number(request.url?.match(/status=(\d+)/)?.[1] ?? 302), { location: to }).end()
    if (request.url?.startsWith('/large')) {
      const chunk = Buffer.alloc(65_536)
      const more = (): void => void (response.writable && response.write(chunk, () => setImmediate(more)))
      return more()
    }
    if (request.url === '/said-large')
      return void response.writeHead(200, { 'content-length': '10000000000' }).write('x')
    if (request.url === '/hang') return
    if (request.url === '/trickle') return void setInterval(() => response.writable && response.write('x'), 20).unref()
    response.end(JSON.stringify(request.headers))
  })
  const port = await listen(site, '127.0.0.1')
  siteUrl = `http://site.test:${port}`
  otherUrl = `http://other.test:${port}`
  const { hosts } = parseReachableHosts(`site.test:${port}, other.test:${port}`)
  guarded = createSafeFetch(hosts, async hostname => (names[hostname] ?? ['127.0.0.1']).map(address => ({ address })))
})
afterAll(async () => {
  await guarded.close()
  for (const server of [inner, site]) {
    server.closeAllConnections()
    server.close()
  }
})

const ask = (url: string, more: Partial<Parameters<SafeFetch['fetch']>[0]> = {}) =>
  guarded.fetch({ url, hosts: null, signal: AbortSignal.timeout(1_000), ...more })

const forms = (port: number) => [
  `http://127.0.0.1:${port}/`,
  `http://127.1:${port}/`,
  `http://0x7f000001:${port}/`,
  `http://2130706433:${port}/`,
  `http://017700000001:${port}/`,
  `http://0:${port}/`,
  `http://0.0.0.0:${port}/`,
  `http://127.0.0.1.:${port}/`,
  `http://localhost:${port}/`,
  `http://localhost.:${port}/`,
  `http://[::1]:${port}/`,
  `http://[::]:${port}/`,
  `http://[::ffff:127.0.0.1]:${port}/`,
  `http://[::ffff:7f00:1]:${port}/`,
  `http://[64:ff9b::7f00:1]:${port}/`,
  `http://[2002:7f00:1::]:${port}/`,
  `http://[fe80::1]:${port}/`,
  `http://[fc00::1]:${port}/`,
  `http://169.254.169.254/latest/meta-data/`,
  `http://10.0.0.1:${port}/`,
  `http://172.16.0.1:${port}/`,
  `http://192.168.0.1:${port}/`,
  `http://100.64.0.1:${port}/`,
  `http://①②⑦.0.0.1:${port}/`,
  `http://127。0。0。1:${port}/`,
  `http://inner.example:${port}/`,
  `http://user:pass@127.0.0.1:${port}/`,
  `http://example.org@127.0.0.1:${port}/`,
  `http://127.0.0.1:${port}\\@example.org/`,
  'file:///etc/passwd',
  `gopher://127.0.0.1:${port}/`,
  `ftp://127.0.0.1:${port}/`,
  'data:text/plain,x',
  'unix:/var/run/docker.sock',
  '//127.0.0.1/',
  'not a url',
]

describe('forms of an address within', () => {
  it('are refused, each of them, and the canary is never reached', async () => {
    for (const url of forms(canaryPort)) await expect(ask(url), url).rejects.toMatchObject({ name: 'LunaError' })
    expect(hits).toBe(0)
  })

  it('are refused behind a redirect of any kind', async () => {
    for (const status of [301, 302, 303, 307, 308])
      for (const url of forms(canaryPort).slice(0, 20))
        await expect(ask(`${siteUrl}/?status=${status}&to=${encodeURIComponent(url)}`), url).rejects.toMatchObject({
          name: 'LunaError',
        })
    expect(hits).toBe(0)
  })

  it('are refused when one of several addresses of a name is within, and when the name changes its mind', async () => {
    names = { 'mixed.example': ['93.184.216.34', '127.0.0.1'] }
    await expect(ask(`http://mixed.example:${canaryPort}/`)).rejects.toMatchObject({ code: 'forbidden' })
    let answers = 0
    const rebinding = createSafeFetch(parseReachableHosts('').hosts, async () => {
      answers += 1
      return [{ address: answers === 1 ? '192.0.2.1' : '127.0.0.1' }]
    })
    for (let round = 0; round < 3; round += 1)
      await expect(
        rebinding.fetch({ url: `http://rebind.example:${canaryPort}/`, hosts: null, signal: AbortSignal.timeout(300) }),
      ).rejects.toMatchObject({ name: 'LunaError' })
    await rebinding.close()
    expect(hits).toBe(0)
  })

  it('reach the canary when the guard lets them: so the canary can be hit', async () => {
    const open = createSafeFetch(parseReachableHosts('127.0.0.0/8').hosts)
    await open.fetch({ url: `http://127.0.0.1:${canaryPort}/`, hosts: null, signal: AbortSignal.timeout(1_000) })
    expect(hits).toBe(1)
    hits = 0
    await open.close()
  })
})

describe('an answer', () => {
  it('of endless length, of a said 10 GB, that hangs or trickles ends within its bounds', async () => {
    await expect(ask(`${siteUrl}/large`)).rejects.toMatchObject({ code: 'too-large' })
    await expect(ask(`${siteUrl}/said-large`)).rejects.toMatchObject({ code: 'too-large' })
    for (const path of ['/hang', '/trickle'])
      await expect(ask(siteUrl + path, { signal: AbortSignal.timeout(200) }), path).rejects.toMatchObject({
        code: 'timeout',
      })
  })

  it('that redirects in a circle is given up', async () => {
    await expect(
      ask(`${siteUrl}/?to=${encodeURIComponent('/?to=%2F%3Fto%3D%252F')}&to=x`, { redirects: 0 }),
    ).rejects.toMatchObject({ code: 'unavailable' })
  })
})

it('reaches granted hosts only, on every hop', async () => {
  const { host } = new URL(siteUrl)
  await expect(ask(`${siteUrl}/`, { hosts: ['api.example.org'] })).rejects.toMatchObject({ code: 'forbidden' })
  asked = []
  await expect(ask(`${siteUrl}/?to=${otherUrl}/`, { hosts: [host] })).rejects.toMatchObject({
    code: 'forbidden',
    message: expect.stringContaining('granted'),
  })
  expect(asked).toEqual([host])
})

it('takes no secret to another origin, and keeps it on its own', async () => {
  const hosts = [new URL(siteUrl).host, new URL(otherUrl).host]
  const headers = { authorization: 'Bearer s', cookie: 's', 'x-key': 's', accept: 'application/json' }
  const seen = async (to: string): Promise<Record<string, string>> => {
    const { bytes } = await ask(`${siteUrl}/?to=${to}/`, { hosts, headers })
    return JSON.parse(Buffer.from(bytes).toString())
  }
  expect(await seen(siteUrl)).toMatchObject(headers)
  const elsewhere = await seen(otherUrl)
  expect(elsewhere).toMatchObject({ host: hosts[1], accept: 'application/json' })
  expect(Object.values(elsewhere).filter(value => /^(Bearer )?s$/.test(value))).toEqual([])
})

it('keeps what belongs to the connection to itself', async () => {
  const { host } = new URL(siteUrl)
  const { bytes } = await ask(`${siteUrl}/`, {
    hosts: [host],
    headers: { 'x-key': 'k', host: 'evil', connection: 'upgrade' },
  })
  expect(JSON.parse(Buffer.from(bytes).toString())).toMatchObject({ 'x-key': 'k', host })
  await expect(ask(`${siteUrl}/`, { headers: { 'x-a': 'b\r\nx-c: d' } })).rejects.toMatchObject({ code: 'invalid' })
})
