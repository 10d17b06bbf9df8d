import { expect, test } from 'vitest'
import { ask, sharedGateway } from './support/start-gateway.ts'

const shared = sharedGateway()

test('OpenAPI 3.1 lists every route with its errors', async () => {
  const gateway = shared()
  const { body } = await ask(gateway, { method: 'GET', url: '/openapi.json' })
  expect(body['openapi']).toBe('3.1.0')
  const paths = body['paths'] as Record<string, Record<string, { responses: Record<string, unknown> }>>
  for (const [path, method] of [
    ['/api/v1/auth/login', 'post'],
    ['/api/v1/me', 'delete'],
    ['/api/v1/conversations/{id}/messages', 'get'],
    ['/api/v1/messages/{id}/feedback', 'post'],
    ['/api/v1/admin/dead-letters/{id}/redeliver', 'post'],
  ] as const) {
    expect(Object.keys(paths)).toContain(path)
    expect(paths[path]?.[method]?.responses).toHaveProperty('default')
  }
})

test('the readable page runs under the same policy: no inline script, no inline style', async () => {
  const gateway = shared()
  const { text, headers } = await ask(gateway, { method: 'GET', url: '/docs/', headers: { accept: 'text/html' } })
  expect(headers['content-security-policy']).toContain("default-src 'none'")
  const scripts = text.match(/<script[^>]*>/g) ?? []
  expect(scripts.length).toBeGreaterThan(0)
  for (const script of scripts) expect(script).toContain('src=')
  expect(text).not.toMatch(/<style|style=|https?:\/\//)
  for (const [, src = ''] of text.matchAll(/(?:src|href)="([^"]+)"/g)) {
    const url = new URL(src, 'http://luna/docs/').pathname
    expect([url, (await ask(gateway, { method: 'GET', url })).status]).toEqual([url, 200])
  }
})

test('health says what the process stands on', async () => {
  const gateway = shared()
  expect((await ask(gateway, { method: 'GET', url: '/health/live' })).body).toEqual({ live: true })
  expect((await ask(gateway, { method: 'GET', url: '/health/ready' })).body).toEqual({
    ready: true,
    checks: { database: 'ok', bus: 'ok', limits: 'ok' },
  })
})

test('without a built page a plain one says so; with one, its own paths are all the page', async () => {
  const gateway = shared()
  const page = await ask(gateway, { method: 'GET', url: '/c/some-conversation', headers: { accept: 'text/html' } })
  expect([page.status, page.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8'])
  expect(page.text).toContain('has not been built')
  for (const url of ['/api/v1/none', '/v1/none', '/missing.json'])
    expect((await ask(gateway, { method: 'GET', url, headers: { accept: 'text/html' } })).status).toBe(404)
})
