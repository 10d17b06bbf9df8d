import { expect, test } from 'vitest'
import { ask, hear, startPool } from './pool-fixture.ts'

test('cancel closes the connection to the provider at once and ends with one error', async () => {
  await using pool = await startPool({ count: 2 })
  pool.fakes[0]!.always({ tokens: 100_000, tokensPerSecond: 100 })
  const stop = new AbortController()
  const heard = await hear(pool.models, ask('hello'), {
    signal: stop.signal,
    onEvent: event => event.type === 'delta' && stop.abort(),
  })
  expect(heard.error).toMatchObject({ code: 'cancelled', retryable: false })
  expect(heard.finish).toBeUndefined()
  await expect.poll(() => pool.fakes[0]!.requests[0]!.state).toBe('aborted')
  expect(pool.fakes[1]!.requests).toHaveLength(0)
})

test('cancel while the provider hangs, and while a retry is waited for', async () => {
  await using pool = await startPool()
  pool.fakes[0]!.script([
    { fault: { kind: 'hang', after: 'headers' } },
    { fault: { kind: 'status', status: 429, retryAfter: 2 } },
  ])
  for (const _ of [1, 2]) {
    const stop = new AbortController()
    const running = hear(pool.models, ask('hello'), { signal: stop.signal })
    const count = pool.fakes[0]!.requests.length
    await expect.poll(() => pool.fakes[0]!.requests.length).toBe(Math.max(1, count))
    stop.abort()
    expect((await running).error?.code).toBe('cancelled')
  }
  await expect.poll(() => pool.fakes[0]!.requests[0]!.state).toBe('aborted')
})

test('a signal that was aborted before makes no request', async () => {
  await using pool = await startPool()
  const heard = await hear(pool.models, ask('hello'), { signal: AbortSignal.abort() })
  expect(heard.error?.code).toBe('cancelled')
  expect(pool.fakes[0]!.requests).toHaveLength(0)
})

test('leaving the loop closes the connection', async () => {
  await using pool = await startPool()
  pool.fakes[0]!.always({ tokens: 100_000, tokensPerSecond: 100 })
  for await (const event of pool.models.stream(ask('hello'))) if (event.type === 'delta') break
  await expect.poll(() => pool.fakes[0]!.requests[0]!.state).toBe('aborted')
})

test('complete is cancelled as well', async () => {
  await using pool = await startPool()
  pool.fakes[0]!.always({ fault: { kind: 'hang', after: 'headers' } })
  const stop = new AbortController()
  const running = pool.models.complete(ask('hello'), { signal: stop.signal })
  await expect.poll(() => pool.fakes[0]!.requests.length).toBe(1)
  stop.abort()
  await expect(running).rejects.toMatchObject({ code: 'cancelled' })
  await expect.poll(() => pool.fakes[0]!.requests[0]!.state).toBe('aborted')
})
