import { expectedAnswer, type FakeAnswer } from '@luna/testing'
import { describe, expect, test } from 'vitest'
import { ask, hear, startPool, types } from './pool-fixture.ts'

/** Each fault, alone: one honest outcome. Fast deadlines, so that a hang ends soon. */
const limits = { idleMs: 250, maxRetries: 0 }
const config = () => ({ firstTokenMs: 250 })

const faults: [name: string, answer: FakeAnswer, code: string, says: RegExp][] = [
  ['401', { fault: { kind: 'status', status: 401 } }, 'provider-failed', /401.*apiKey/],
  ['404', { fault: { kind: 'status', status: 404 } }, 'provider-failed', /404.*baseURL.*model fake/],
  ['429', { fault: { kind: 'status', status: 429, retryAfter: 60 } }, 'provider-failed', /429.*too many/],
  ['500', { fault: { kind: 'status', status: 500 } }, 'provider-failed', /500/],
  ['a redirect', { fault: { kind: 'status', status: 302 } }, 'provider-failed', /302.*baseURL/],
  ['a hang before the headers', { fault: { kind: 'hang', after: 'headers' } }, 'timeout', /250 ms to begin/],
  ['a hang before the first token', { fault: { kind: 'hang', after: 0 } }, 'timeout', /250 ms to begin/],
  ['a hang in the middle', { fault: { kind: 'hang', after: 5 } }, 'timeout', /250 ms to go on/],
  ['an end in the middle', { fault: { kind: 'end', after: 5 } }, 'provider-failed', /before the answer was whole/],
  ['a closed connection', { fault: { kind: 'close', after: 5 } }, 'provider-failed', /closed the connection/],
  ['a reset', { fault: { kind: 'reset', after: 5 } }, 'provider-failed', /closed the connection/],
  ['bad UTF-8', { fault: { kind: 'bad-utf8', after: 5 } }, 'provider-failed', /UTF-8/],
  ['rubbish', { fault: { kind: 'rubbish', after: 5 } }, 'provider-failed', /no server-sent event/],
  ['data that is no JSON', { fault: { kind: 'rubbish', after: 5, line: 'data: {oh' } }, 'provider-failed', /no JSON/],
  [
    'an unknown shape',
    { fault: { kind: 'rubbish', after: 5, line: 'data: {"choices":[{"delta":{"tool_calls":[null]}}]}' } },
    'provider-failed',
    /unknown shape/,
  ],
  ['an endless line', { fault: { kind: 'endless-line', after: 5 } }, 'provider-failed', /line of more than/],
  [
    'an error inside the stream',
    { fault: { kind: 'error-event', after: 5, message: 'secret' } },
    'provider-failed',
    /in the middle/,
  ],
  ['a web page', { fault: { kind: 'html' } }, 'provider-failed', /web page.*baseURL/],
]

describe('a single provider with a fault gives one error and never a finish', () => {
  test.for(faults)('%s', async ([, answer, code, says]) => {
    await using pool = await startPool({ limits, config })
    pool.fakes[0]!.script([answer])
    const heard = await hear(pool.models, ask('hello'))
    expect(heard.error).toMatchObject({ name: 'LunaError', code })
    expect(heard.error?.message).toMatch(says)
    expect(heard.error?.message).not.toContain('secret')
    expect(heard.finish).toBeUndefined()
    expect(expectedAnswer('hello')).toContain(heard.text)
    expect(pool.fakes[0]!.requests).toHaveLength(1)
  })
})

describe('with a second provider every fault ends in one whole answer', () => {
  test.for(faults)('%s', async ([, answer]) => {
    await using pool = await startPool({ count: 2, limits, config })
    pool.fakes[0]!.script([answer])
    const heard = await hear(pool.models, ask('hello'))
    expect(heard.error).toBeUndefined()
    expect(heard.text).toBe(expectedAnswer('hello'))
    expect(heard.finish).toMatchObject({ reason: 'stop', route: { provider: 'p2', attempt: 2 } })
    expect(heard.finish?.failedOver).toEqual([{ provider: 'p1', reason: expect.any(String) }])
    const shown = types(heard).filter(type => type === 'route' || type === 'restart')
    const isShownFault = 'after' in answer.fault! && answer.fault.after === 5
    expect(shown).toEqual(isShownFault ? ['route', 'restart'] : ['route'])
  })
})

describe('what is not a fault', () => {
  test('finish_reason without [DONE] and without an end is a whole answer', async () => {
    await using pool = await startPool({ limits: { ...limits, idleMs: 60_000 }, config })
    pool.fakes[0]!.script([{ fault: { kind: 'no-end' } }])
    const heard = await hear(pool.models, ask('hello'))
    expect(heard.text).toBe(expectedAnswer('hello'))
    expect(heard.finish?.reason).toBe('stop')
    await expect.poll(() => pool.fakes[0]!.requests[0]!.state).toBe('aborted')
  })

  test('an endless stream is cut at the limit, says so, and the connection is closed', async () => {
    await using pool = await startPool({ limits: { maxCharacters: 10_000 } })
    pool.fakes[0]!.script([{ fault: { kind: 'endless' } }])
    const heard = await hear(pool.models, ask('hello'))
    expect(heard.finish).toMatchObject({ reason: 'length', cut: 'characters' })
    expect(heard.text).toHaveLength(10_000)
    await expect.poll(() => pool.fakes[0]!.requests[0]!.state).toBe('aborted')
  })

  test('a server that does not stream is understood', async () => {
    await using pool = await startPool()
    const body = { choices: [{ message: { content: 'whole 👋' }, finish_reason: 'stop' }] }
    pool.fakes[0]!.script([{ fault: { kind: 'status', status: 200, body } }])
    const heard = await hear(pool.models, ask('hello'))
    expect(heard.text).toBe('whole 👋')
    expect(heard.finish?.reason).toBe('stop')
  })

  test('an address where nothing listens', async () => {
    await using pool = await startPool({ limits: { maxRetries: 0 } })
    await pool.fakes[0]!.stop()
    const heard = await hear(pool.models, ask('hello'))
    expect(heard.error).toMatchObject({ code: 'provider-failed', retryable: true })
    expect(heard.error?.message).toMatch(/nothing listens/)
  })
})
