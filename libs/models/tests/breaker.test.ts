import { expect, test } from 'vitest'
import { ask, hear, startPool } from './pool-fixture.ts'

const limits = { breakerFaults: 3, breakerMs: 300, maxRetries: 0 }
const state = (pool: Awaited<ReturnType<typeof startPool>>) => pool.models.describe().providers[0]!.breaker

test('the breaker opens after faults in a row, keeps calls away, and closes after a good trial', async () => {
  await using pool = await startPool({ count: 2, limits })
  const [bad, good] = pool.fakes
  bad!.always({ fault: { kind: 'status', status: 500 } })
  for (let i = 0; i < 3; i++) await hear(pool.models, ask('hello'))
  expect(state(pool)).toBe('open')
  expect(bad!.requests).toHaveLength(3)

  const away = await hear(pool.models, ask('hello'))
  expect(bad!.requests).toHaveLength(3)
  expect(away.finish?.failedOver).toEqual([{ provider: 'p1', reason: expect.stringMatching(/left alone/) }])
  expect(good!.requests).toHaveLength(4)

  bad!.always({})
  await expect.poll(async () => (await hear(pool.models, ask('hello'))).finish?.route.provider).toBe('p1')
  expect(state(pool)).toBe('closed')
})

test('all breakers open: a clear error at once, without a request', async () => {
  await using pool = await startPool({ limits: { ...limits, breakerMs: 60_000 } })
  pool.fakes[0]!.always({ fault: { kind: 'status', status: 500 } })
  for (let i = 0; i < 3; i++) await hear(pool.models, ask('hello'))
  const heard = await hear(pool.models, ask('hello'))
  expect(heard.error).toMatchObject({ code: 'provider-failed', retryable: true })
  expect(heard.error?.message).toMatch(/left alone for a while/)
  expect(pool.fakes[0]!.requests).toHaveLength(3)
})

test('a request that is rightly refused and a cancelled one do not count against a provider', async () => {
  await using pool = await startPool({ limits })
  pool.fakes[0]!.always({ fault: { kind: 'status', status: 400 } })
  for (let i = 0; i < 5; i++) await hear(pool.models, ask('hello'))
  pool.fakes[0]!.always({ fault: { kind: 'hang', after: 1 } })
  for (let i = 0; i < 5; i++) {
    const stop = new AbortController()
    await hear(pool.models, ask('hello'), { signal: stop.signal, onEvent: () => stop.abort() })
  }
  expect(state(pool)).toBe('closed')
})

test('a trial that is cancelled before its first token leaves the breaker open', async () => {
  await using pool = await startPool({ limits })
  const fake = pool.fakes[0]!
  fake.always({ fault: { kind: 'status', status: 500 } })
  for (let i = 0; i < 3; i++) await hear(pool.models, ask('hello'))
  fake.always({ fault: { kind: 'hang', after: 'headers' } })
  await expect
    .poll(async () => {
      const stop = new AbortController()
      const before = fake.requests.length
      const heard = hear(pool.models, ask('hello'), {
        signal: stop.signal,
        onRoute: () => setTimeout(() => stop.abort(), 20),
      })
      await heard
      return fake.requests.length > before
    })
    .toBe(true)
  expect(state(pool)).toBe('open')
})
