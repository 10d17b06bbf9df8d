import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { expectedAnswer, type FakeModel, hashedEmbedding, numberedTokens, startFakeModel } from './index.ts'

let fake: FakeModel
beforeAll(async () => {
  fake = await startFakeModel()
})
beforeEach(() => {
  fake.script([])
  fake.always({})
  fake.requests.length = 0
})
afterAll(() => fake.stop())

const post = (path: string, body: object) => fetch(`${fake.url}${path}`, { method: 'POST', body: JSON.stringify(body) })
const chat = (content: string, more: object = {}) =>
  post('/chat/completions', { model: 'm', messages: [{ role: 'user', content }], ...more })
const control = (method: string, path: string, body?: object) =>
  fetch(`${fake.url.replace('/v1', '')}${path}`, { method, ...(body ? { body: JSON.stringify(body) } : {}) }).then(
    each => each.json(),
  )
const textOf = (stream: string) =>
  [...stream.matchAll(/^data: (\{.*)$/gm)]
    .map(([, json]) => JSON.parse(json!).choices[0]?.delta?.content ?? '')
    .join('')

test('the tokens derive from the id in the last user message', async () => {
  const id = '0198c0de-0000-7000-8000-00000000000a'
  const answer = await (await chat(`please ${id.toUpperCase()}`, { stream: true })).text()
  expect(textOf(answer)).toBe(numberedTokens(id).join(''))
  expect(textOf(answer)).toBe(expectedAnswer(`other words, same id ${id}`))
  expect(answer.trimEnd().endsWith('data: [DONE]')).toBe(true)
})

test('without stream the same text comes whole, with usage', async () => {
  const answer = (await (await chat('hi')).json()) as { choices: { message: { content: string } }[]; usage: object }
  expect(answer.choices[0]?.message.content).toBe(expectedAnswer('hi'))
  expect(answer.usage).toMatchObject({ completion_tokens: 40 })
})

test('usage comes in the stream only when asked for', async () => {
  expect(await (await chat('hi', { stream: true })).text()).not.toContain('"usage"')
  expect(await (await chat('hi', { stream: true, stream_options: { include_usage: true } })).text()).toContain(
    '"usage"',
  )
})

test('a queue is used up, then the standing answer holds; a function decides by request', async () => {
  fake.script([{ text: 'first' }])
  fake.always({ text: 'ever' })
  expect(textOf(await (await chat('a', { stream: true })).text())).toBe('first')
  expect(textOf(await (await chat('a', { stream: true })).text())).toBe('ever')
  fake.script(request => (request.userText === 'b' ? { text: 'for b' } : undefined))
  expect(textOf(await (await chat('b', { stream: true })).text())).toBe('for b')
  expect(textOf(await (await chat('c', { stream: true })).text())).toBe('ever')
})

test('bytes are cut where asked, inside characters too', async () => {
  fake.script([{ text: '👩‍👩‍👧 é', splitBytes: [1, 2, 3] }])
  expect(textOf(await (await chat('a', { stream: true })).text())).toBe('👩‍👩‍👧 é')
})

test('structured requests get a value that fits', async () => {
  const schema = {
    type: 'object',
    required: ['name', 'age', 'kind'],
    properties: { name: { type: 'string' }, age: { type: 'integer', minimum: 18 }, kind: { enum: ['a', 'b'] } },
  }
  const answer = await (
    await chat('a', { stream: true, response_format: { type: 'json_schema', json_schema: { schema } } })
  ).text()
  expect(JSON.parse(textOf(answer))).toEqual({ name: 'a', age: 18, kind: 'a' })
})

test('embeddings are equal for equal texts and near for texts that share words', async () => {
  const { data } = (await (
    await post('/embeddings', { input: ['the red house', 'the red car', 'blue sky'] })
  ).json()) as {
    data: { embedding: number[] }[]
  }
  const dot = (a: number, b: number) => data[a]!.embedding.reduce((sum, x, i) => sum + x * data[b]!.embedding[i]!, 0)
  expect(data[0]?.embedding).toEqual(hashedEmbedding('the red house'))
  expect(dot(0, 1)).toBeGreaterThan(dot(0, 2))
})

test('another process scripts it and reads what was asked', async () => {
  expect(await control('POST', '/__script', { queue: [{ text: 'x' }], always: { text: 'y' } })).toEqual({ left: 1 })
  await (await chat('hello')).text()
  expect(await control('GET', '/__script')).toEqual({ left: 0 })
  expect(await control('GET', '/__requests')).toMatchObject([{ userText: 'hello', path: '/v1/chat/completions' }])
  await control('DELETE', '/__script')
  expect(((await (await chat('hi')).json()) as { choices: unknown[] }).choices[0]).toMatchObject({
    message: { content: expectedAnswer('hi') },
  })
})

test('an aborted call is seen as such', async () => {
  fake.script([{ fault: { kind: 'hang', after: 1 } }])
  const stop = new AbortController()
  const response = await fetch(`${fake.url}/chat/completions`, {
    method: 'POST',
    body: JSON.stringify({ stream: true, messages: [] }),
    signal: stop.signal,
  })
  expect(fake.requests[0]?.state).toBe('open')
  stop.abort()
  await response.text().catch(() => {})
  await expect.poll(() => fake.requests[0]?.state).toBe('aborted')
})
