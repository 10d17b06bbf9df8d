import { expectedAnswer } from '@luna/testing'
import { expect, test } from 'vitest'
import { ask, hear, startPool, types } from './pool-fixture.ts'

test('a single provider is asked again after 429 and its Retry-After', async () => {
  await using pool = await startPool()
  pool.fakes[0]!.script([{ fault: { kind: 'status', status: 429, retryAfter: 1 } }])
  const heard = await hear(pool.models, ask('hello'))
  expect(heard.text).toBe(expectedAnswer('hello'))
  expect(heard.finish?.route.attempt).toBe(2)
  expect(types(heard).filter(type => type === 'route')).toHaveLength(1)
})

test('a Retry-After beyond the bound is not waited for', async () => {
  await using pool = await startPool()
  pool.fakes[0]!.script([{ fault: { kind: 'status', status: 429, retryAfter: 3600 } }])
  const heard = await hear(pool.models, ask('hello'))
  expect(heard.error).toMatchObject({ code: 'provider-failed', details: { retryAfterMs: 3_600_000 } })
  expect(pool.fakes[0]!.requests).toHaveLength(1)
})

test('no more than two retries', async () => {
  await using pool = await startPool()
  pool.fakes[0]!.always({ fault: { kind: 'status', status: 500 } })
  const heard = await hear(pool.models, ask('hello'))
  expect(heard.error?.code).toBe('provider-failed')
  expect(heard.error?.details?.['failedOver']).toHaveLength(3)
  expect(pool.fakes[0]!.requests).toHaveLength(3)
})

test('half an answer is never final: it is begun again as a visible restart', async () => {
  await using pool = await startPool()
  pool.fakes[0]!.script([{ fault: { kind: 'end', after: 7 } }])
  const heard = await hear(pool.models, ask('hello'))
  expect(heard.text).toBe(expectedAnswer('hello'))
  const restart = heard.events.find(event => event.type === 'restart')
  expect(restart).toMatchObject({ reason: expect.stringMatching(/p1: .*whole/), route: { provider: 'p1', attempt: 2 } })
})

test('onRoute hears of every try as it begins', async () => {
  await using pool = await startPool({ count: 2 })
  pool.fakes[0]!.script([{ fault: { kind: 'status', status: 500 } }])
  const tried: string[] = []
  await hear(pool.models, ask('hello'), { onRoute: route => tried.push(`${route.provider} ${route.attempt}`) })
  expect(tried).toEqual(['p1 1', 'p2 2'])
})

test('the whole call has a deadline over all its tries', async () => {
  await using pool = await startPool({ limits: { totalMs: 600, idleMs: 60_000 } })
  pool.fakes[0]!.always({ tokens: 10_000, tokensPerSecond: 50 })
  const heard = await hear(pool.models, ask('hello'))
  expect(heard.error).toMatchObject({ code: 'timeout' })
  expect(heard.error?.message).toMatch(/600 ms to answer in all/)
  await expect.poll(() => pool.fakes[0]!.requests[0]!.state).toBe('aborted')
})

test('calls are shared by weight among equal priorities', async () => {
  await using pool = await startPool({ count: 2, config: i => ({ weight: i === 0 ? 3 : 1 }) })
  for (let i = 0; i < 8; i++) await hear(pool.models, ask('hello'))
  expect(pool.fakes.map(fake => fake.requests.length)).toEqual([6, 2])
})

test('a lower priority number goes first', async () => {
  await using pool = await startPool({ count: 2, config: i => ({ priority: i === 0 ? 2 : 1 }) })
  const heard = await hear(pool.models, ask('hello'))
  expect(heard.finish?.route.provider).toBe('p2')
})
