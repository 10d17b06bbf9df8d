import { expectedAnswer, numberedTokens, startFakeModel } from '@luna/testing'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ask, hear, startPool, types } from './pool-fixture.ts'

describe('the text is byte for byte what the model sent', () => {
  test('through any cut of the bytes on the wire', async () => {
    await using pool = await startPool()
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.oneof(
            fc.string({ unit: 'grapheme' }),
            fc.constantFrom('👩‍👩‍👧', 'مرحبا', '\r\n', 'data: [DONE]\n\n', '"\\'),
          ),
        ),
        fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 5 }),
        fc.boolean(),
        async (tokens, splitBytes, crlf) => {
          pool.fakes[0]!.script([{ tokens, splitBytes, crlf }])
          const heard = await hear(pool.models, ask('x'))
          expect(heard.error).toBeUndefined()
          expect(heard.text).toBe(tokens.join(''))
        },
      ),
      { numRuns: 60 },
    )
  })

  test('with an emoji cut between two tokens as half surrogates', async () => {
    await using pool = await startPool()
    pool.fakes[0]!.script([{ tokens: ['a', '\ud83d', '\ude00', 'b'], tokensPerWrite: 1 }])
    const heard = await hear(pool.models, ask('x'), { join: false })
    expect(heard.text).toBe('a😀b')
    const deltas = heard.events.flatMap(event => (event.type === 'delta' ? [event.text] : []))
    expect(deltas.map(text => Buffer.from(text).toString())).toEqual(deltas)
  })

  test.for([
    ['one token', 1],
    ['8,000 tokens', 8_000],
  ] as const)('%s', async ([, count]) => {
    await using pool = await startPool()
    pool.fakes[0]!.script([{ tokens: count }])
    const heard = await hear(pool.models, ask('x'))
    expect(heard.text).toBe(numberedTokens('x', count).join(''))
  })
})

test('events come in their order: route, deltas, usage, finish', async () => {
  await using pool = await startPool()
  const heard = await hear(pool.models, ask('hello'), { join: false })
  expect(heard.text).toBe(expectedAnswer('hello'))
  expect(types(heard)).toEqual(['route', ...Array.from({ length: 40 }, () => 'delta'), 'usage', 'finish'])
})

test('deltas that wait are joined', async () => {
  await using pool = await startPool()
  pool.fakes[0]!.script([{ tokens: 1_000, tokensPerWrite: 100 }])
  const heard = await hear(pool.models, ask('hello'))
  expect(types(heard).filter(type => type === 'delta').length).toBeLessThan(500)
  expect(heard.text).toBe(expectedAnswer('hello', 1_000))
})

test('no delta waits for another: the first is read before the second is sent', async () => {
  await using pool = await startPool()
  pool.fakes[0]!.script([{ tokens: 3, tokensPerSecond: 2 }])
  const sentAt: number[] = []
  await hear(pool.models, ask('hello'), {
    onEvent: event => event.type === 'delta' && sentAt.push(pool.fakes[0]!.requests[0]!.tokensSent),
  })
  expect(sentAt).toEqual([1, 2, 3])
})

test('a reader that stops reading stops the provider, and gets everything when it goes on', async () => {
  await using pool = await startPool({ limits: { idleMs: 300, maxCharacters: 10_000_000 } })
  const fake = pool.fakes[0]!
  fake.script([{ tokens: 200_000 }])
  let text = ''
  let isFirst = true
  for await (const event of pool.models.stream(ask('x'))) {
    if (event.type !== 'delta') continue
    text += event.text
    if (!isFirst) continue
    isFirst = false
    let sent = -1
    let still = 0
    const isHeldUp = () => {
      const before = sent
      sent = fake.requests[0]!.tokensSent
      still = before === sent ? still + 1 : 0
      return still >= 3
    }
    // Seen at a standstill over more than the idle deadline.
    await expect.poll(isHeldUp, { interval: 200, timeout: 15_000 }).toBe(true)
    expect(sent).toBeLessThan(200_000)
  }
  expect(text === expectedAnswer('x', 200_000)).toBe(true)
})

test('usage is the provider’s, or an estimate that says so', async () => {
  await using pool = await startPool()
  pool.fakes[0]!.script([{ usage: { prompt_tokens: 7, completion_tokens: 3, total_tokens: 10 } }, { usage: null }])
  const usages = []
  for (const _ of [1, 2])
    usages.push((await hear(pool.models, ask('hello'))).events.find(event => event.type === 'usage'))
  expect(usages[0]).toEqual({
    type: 'usage',
    usage: { promptTokens: 7, completionTokens: 3, totalTokens: 10, estimated: false },
  })
  expect(usages[1]).toMatchObject({ usage: { estimated: true, completionTokens: expect.any(Number) } })
})

test('the key goes to the provider as a bearer token and nowhere else', async () => {
  const fake = await startFakeModel()
  await using pool = await startPool({ config: () => ({ apiKey: 'sk-canary' }) })
  await hear(pool.models, ask('hello'))
  expect(pool.fakes[0]!.requests[0]!.headers['authorization']).toBe('Bearer sk-canary')
  expect(JSON.stringify(pool.models.describe())).not.toContain('canary')
  await fake.stop()
})
