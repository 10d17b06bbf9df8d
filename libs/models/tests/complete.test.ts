import { expectedAnswer, hashedEmbedding } from '@luna/testing'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { ask, startPool } from './pool-fixture.ts'

const config = () => ({ models: { chat: 'fake', embedding: 'fake-embedding' } })

describe('complete', () => {
  test('gives the whole answer with route and usage, from the small model where asked', async () => {
    await using pool = await startPool({ config: () => ({ models: { chat: 'big', small: 'little' } }) })
    const answer = await pool.models.complete({ ...ask('hello'), use: 'small' })
    expect(answer).toMatchObject({
      text: expectedAnswer('hello'),
      reason: 'stop',
      route: { provider: 'p1', model: 'little', attempt: 1 },
      usage: { estimated: false },
    })
  })

  test('fails over, and says so', async () => {
    await using pool = await startPool({ count: 2 })
    pool.fakes[0]!.script([{ fault: { kind: 'status', status: 503 } }])
    const answer = await pool.models.complete(ask('hello'))
    expect(answer.failedOver).toEqual([{ provider: 'p1', reason: 'it answered 503 (fake)' }])
    expect(answer.text).toBe(expectedAnswer('hello'))
  })

  test.for([
    ['401', { kind: 'status', status: 401 }, 'provider-failed'],
    ['a hang', { kind: 'hang', after: 'headers' }, 'timeout'],
    ['a reset', { kind: 'reset', after: 3 }, 'provider-failed'],
    ['a web page', { kind: 'html' }, 'provider-failed'],
    [
      'half an answer',
      { kind: 'status', status: 200, body: { choices: [{ message: { content: 'ha' } }] } },
      'provider-failed',
    ],
  ] as const)('%s gives one error', async ([, fault, code]) => {
    await using pool = await startPool({
      limits: { maxRetries: 0, answerMs: 300 },
      config: () => ({ firstTokenMs: 300 }),
    })
    pool.fakes[0]!.script([{ fault }])
    await expect(pool.models.complete(ask('hello'))).rejects.toMatchObject({ name: 'LunaError', code })
  })
})

describe('structured', () => {
  const person = z.object({ name: z.string(), age: z.number().int(), tags: z.array(z.string()).optional() })

  test('gives a value that fits, out of prose and a fence too', async () => {
    await using pool = await startPool()
    pool.fakes[0]!.script([{ text: 'Sure!\n```json\n{"name": "Ada", "age": 36}\n```' }])
    const answer = await pool.models.structured(person, { ...ask('who?'), name: 'person' })
    expect(answer).toMatchObject({ value: { name: 'Ada', age: 36 }, repaired: false })
    expect(pool.fakes[0]!.requests[0]!.body.response_format).toMatchObject({
      type: 'json_schema',
      json_schema: { name: 'person', schema: { type: 'object' }, strict: false },
    })
  })

  test('is repaired once, the complaint going along', async () => {
    await using pool = await startPool()
    pool.fakes[0]!.script([{ text: '{"name": "Ada", "age": "old"}' }, { text: '{"name": "Ada", "age": 36}' }])
    const answer = await pool.models.structured(person, ask('who?'))
    expect(answer).toMatchObject({ value: { age: 36 }, repaired: true })
    expect(JSON.stringify(pool.fakes[0]!.requests[1]!.body.messages?.at(-1))).toMatch(/age: .*number/)
  })

  test('fails clearly after the repair, without a third request and without the text', async () => {
    await using pool = await startPool()
    pool.fakes[0]!.always({ text: 'private words, no JSON' })
    const failed = pool.models.structured(person, ask('who?'))
    await expect(failed).rejects.toMatchObject({ code: 'provider-failed' })
    await expect(failed).rejects.not.toThrow(/private words/)
    expect(pool.fakes[0]!.requests).toHaveLength(2)
  })

  test('does without response_format where the server refuses it', async () => {
    await using pool = await startPool()
    pool.fakes[0]!.script([{ fault: { kind: 'status', status: 400 } }, { text: '{"name":"Ada","age":36}' }])
    const answer = await pool.models.structured(person, ask('who?'))
    expect(answer.value.name).toBe('Ada')
    expect(pool.fakes[0]!.requests[1]!.body.response_format).toBeUndefined()
  })
})

describe('embed', () => {
  test('gives a vector a text, in order, over several requests', async () => {
    await using pool = await startPool({ config })
    const texts = Array.from({ length: 200 }, (_, i) => `text ${i}`)
    const found = await pool.models.embed(texts)
    expect(found).toMatchObject({ model: 'fake-embedding', dimensions: 64, provider: 'p1' })
    expect(found.vectors).toEqual(texts.map(text => hashedEmbedding(text)))
    expect(pool.fakes[0]!.requests).toHaveLength(3)
  })

  test('never mixes models: a provider with another one does not stand in', async () => {
    await using pool = await startPool({
      count: 2,
      limits: { maxRetries: 0 },
      config: i => ({ models: { chat: 'fake', embedding: `embedding-${i}` } }),
    })
    pool.fakes[0]!.always({ fault: { kind: 'status', status: 500 } })
    await expect(pool.models.embed(['a'])).rejects.toMatchObject({ code: 'provider-failed' })
    expect(pool.fakes[1]!.requests).toHaveLength(0)
  })

  test('refuses vectors of unequal length', async () => {
    await using pool = await startPool({ config, limits: { maxRetries: 0 } })
    const body = {
      data: [
        { index: 0, embedding: [1, 2] },
        { index: 1, embedding: [1] },
      ],
    }
    pool.fakes[0]!.script([{ fault: { kind: 'status', status: 200, body } }])
    await expect(pool.models.embed(['a', 'b'])).rejects.toThrow(/2 and of 1 dimensions/)
  })

  test('without an embedding model says what to set', async () => {
    await using pool = await startPool()
    expect(pool.models.embeddingModel).toBeNull()
    await expect(pool.models.embed(['a'])).rejects.toMatchObject({ code: 'unavailable', retryable: false })
  })
})
