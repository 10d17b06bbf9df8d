import { describeWith, needNats, needRedis, waitFor } from '@luna/testing'
import { expect, test } from 'vitest'
import { requireSoleGateway } from '../src/limits/sole-gateway.ts'
import { ask, cookieHeader, signUp, startGateway } from './support/start-gateway.ts'

const LUNA_MASTER_KEY = 'shared by all of the gateways'
const allowed = async (takes: Promise<{ ok: boolean }>[]) => (await Promise.all(takes)).filter(taken => taken.ok).length
const me = (headers: Record<string, string>) => ({ method: 'GET', url: '/api/v1/me', headers }) as const

describeWith(await needNats(), 'several gateways on one bus', ({ url }) => {
  const settings = { NATS_URL: url, LUNA_MASTER_KEY, LUNA_LIMITS: 'off' }

  test('a session that one gateway ends is at once not believed by another that has it in its cache', async () => {
    const one = await startGateway({ settings })
    const two = await startGateway({ beside: one, settings })
    const { bearer, cookies } = await signUp(one)
    expect((await ask(two, me(bearer))).status).toBe(200)
    await ask(one, { method: 'POST', url: '/api/v1/auth/logout', headers: cookieHeader(cookies) })
    const refused = await waitFor(async () => {
      const answer = await ask(two, me(bearer))
      return answer.status === 401 ? answer : null
    })
    expect(refused.code).toBe('unauthorized')
  })

  test('a second one that would count by itself is refused, until the first has left', async () => {
    const one = await startGateway({ settings })
    const two = await startGateway({ beside: one, settings })
    await expect(requireSoleGateway(two.ctx, 0)).rejects.toMatchObject({
      code: 'invalid',
      message: expect.stringContaining('REDIS_URL'),
    })
    await Promise.all([one.stop(), two.stop()])
    const three = await startGateway({ beside: one, settings: { ...settings, LUNA_LIMITS: '{}' } })
    expect(three.ctx.embedded).toBe(false)
  })
})

describeWith(await needRedis(), 'several gateways on one Redis', server => {
  const settings = { REDIS_URL: server.url, LUNA_MASTER_KEY, LUNA_LIMITS: '{"frames": {"burst": 10, "perMinute": 1}}' }

  test('they share one budget for each key', async () => {
    const one = await startGateway({ settings })
    const two = await startGateway({ beside: one, settings })
    await waitFor(() => one.ctx.limits.state() === 'ok' && two.ctx.limits.state() === 'ok')
    const both = [one, two].flatMap(({ ctx }) => Array.from({ length: 8 }, () => ctx.limits.take('frames', 'somebody')))
    expect(await allowed(both)).toBe(10)
    const refused = await two.ctx.limits.take('frames', 'somebody')
    expect(refused.retryAfterMs).toBeGreaterThan(30_000)
    expect((await one.ctx.limits.take('frames', 'somebody else')).ok).toBe(true)
  })

  test('without Redis each counts by itself: never open', async () => {
    const { ctx } = await startGateway({ settings: { ...settings, REDIS_URL: 'redis://127.0.0.1:1' } })
    expect(await allowed(Array.from({ length: 30 }, () => ctx.limits.take('frames', 'somebody')))).toBe(10)
    expect(ctx.limits.state()).toContain('Redis is away')
  })
})
