import { chat } from '@luna/contracts'
import { waitFor } from '@luna/testing'
import OpenAI from 'openai'
import { expect, it } from 'vitest'
import { completed, delta, started } from '../../src/live/testing.suite.ts'
import { type Live, type Person, startLive } from '../live/start-live.ts'

const usage = { promptTokens: 7, completionTokens: 3, totalTokens: 10, estimated: false }
const hi = [{ role: 'user' as const, content: 'hi' }]

async function all<T>(stream: AsyncIterable<T>): Promise<T[]> {
  const items: T[] = []
  for await (const item of stream) items.push(item)
  return items
}

async function client(live: Live, person: Person): Promise<OpenAI> {
  return new OpenAI({ baseURL: `${await live.openai()}/v1`, apiKey: person.token, maxRetries: 0 })
}

async function startWithClient() {
  const live = await startLive()
  const person = await live.signUp()
  return { live, person, openai: await client(live, person) }
}

it('lists each character as a model', async () => {
  const { openai } = await startWithClient()
  const models = await openai.models.list()
  expect(models.data.map(model => model.id)).toEqual(['luna/kami'])
  expect((await openai.models.retrieve('luna/kami')).owned_by).toBe('luna')
  await expect(openai.models.retrieve('luna/nobody')).rejects.toMatchObject({ status: 404, code: 'model_not_found' })
})

it('streams a completion byte for byte, with usage when asked for', async () => {
  const { live, openai } = await startWithClient()
  const words = ['Hel', 'lo ', '🌙', '\n', 'שלום']
  live.holder.completion = ({ say }) => {
    say({ type: 'started', route: null })
    for (const text of words) say({ type: 'delta', text })
    say({ type: 'ended', reason: 'stop', usage })
  }
  const stream = await openai.chat.completions.create({
    model: 'luna/kami',
    messages: hi,
    stream: true,
    stream_options: { include_usage: true },
  })
  const chunks = await all(stream)
  expect(chunks.map(chunk => chunk.choices[0]?.delta.content ?? '').join('')).toBe(words.join(''))
  expect(chunks.find(chunk => chunk.choices[0]?.finish_reason)?.choices[0]?.finish_reason).toBe('stop')
  expect(chunks.at(-1)?.usage).toEqual({ prompt_tokens: 7, completion_tokens: 3, total_tokens: 10 })
})

it('gathers a completion and passes tools and settings through', async () => {
  const { live, openai } = await startWithClient()
  const tools = [{ type: 'function' as const, function: { name: 'clock', parameters: { type: 'object' } } }]
  let asked: unknown
  live.holder.completion = ({ say, input }) => {
    asked = input
    say({ type: 'tool-calls', calls: [{ id: 'c1', name: 'clock', arguments: '{}' }] })
    say({ type: 'ended', reason: 'tool_calls', usage })
  }
  const answer = await openai.chat.completions.create({
    model: 'luna',
    messages: [
      ...hi,
      {
        role: 'assistant',
        content: null,
        tool_calls: [{ id: 'c0', type: 'function', function: { name: 'clock', arguments: '{}' } }],
      },
      { role: 'tool', tool_call_id: 'c0', content: '12:00' },
    ],
    tools,
    tool_choice: 'auto',
    temperature: 0.5,
    max_completion_tokens: 9,
    stop: 'END',
  })
  expect(answer.choices[0]).toMatchObject({
    finish_reason: 'tool_calls',
    message: {
      content: null,
      tool_calls: [{ id: 'c1', type: 'function', function: { name: 'clock', arguments: '{}' } }],
    },
  })
  expect(answer.usage?.total_tokens).toBe(10)
  expect(asked).toMatchObject({
    characterId: null,
    tools,
    toolChoice: 'auto',
    temperature: 0.5,
    maxTokens: 9,
    stop: ['END'],
    risk: 'none',
    messages: [
      { role: 'user', content: 'hi' },
      { role: 'assistant', content: null, toolCalls: [{ id: 'c0', name: 'clock', arguments: '{}' }] },
      { role: 'tool', content: '12:00', toolCallId: 'c0' },
    ],
  })
})

it('answers faults in the shape of the API', async () => {
  const { live, person, openai } = await startWithClient()
  const ask = (over: object) => openai.chat.completions.create({ model: 'luna/kami', messages: hi, ...over })
  await expect(ask({ model: 'gpt-9' })).rejects.toMatchObject({ status: 404, code: 'model_not_found', param: 'model' })
  await expect(ask({ messages: [] })).rejects.toMatchObject({ status: 400, param: 'messages' })
  await expect(ask({ n: 2 })).rejects.toMatchObject({ status: 400, param: 'n' })
  const image = [{ type: 'image_url', image_url: { url: 'data:' } }]
  await expect(ask({ messages: [{ role: 'user', content: image }] })).rejects.toMatchObject({ status: 400 })
  live.holder.completion = ({ say }) =>
    say({ type: 'failed', error: { code: 'provider-failed', message: 'The model is away.', retryable: true } })
  await expect(ask({})).rejects.toMatchObject({ status: 502, type: 'server_error' })
  await expect(ask({ stream: true })).rejects.toMatchObject({ status: 502 })
  const stranger = new OpenAI({ baseURL: openai.baseURL, apiKey: 'luna_nonsense', maxRetries: 0 })
  await expect(stranger.models.list()).rejects.toMatchObject({ status: 401, code: 'invalid_api_key' })
  const byCookie = await fetch(`${openai.baseURL}/models`, { headers: { cookie: person.cookie } })
  expect(byCookie.status).toBe(401)
})

it('ends a stream that breaks off with an error, never as if it were whole', async () => {
  const { live, openai } = await startWithClient()
  live.holder.completion = ({ say }) => {
    say({ type: 'delta', text: 'half' })
    say({ type: 'failed', error: { code: 'provider-failed', message: 'It broke off.', retryable: true } })
  }
  const stream = await openai.chat.completions.create({ model: 'luna', messages: hi, stream: true })
  await expect(all(stream)).rejects.toThrow('It broke off.')
})

it('cancels the run when its reader has gone', async () => {
  const { live, openai } = await startWithClient()
  live.holder.completion = ({ say }) => say({ type: 'delta', text: 'a' })
  const stream = await openai.chat.completions.create({ model: 'luna', messages: hi, stream: true })
  for await (const _chunk of stream) break
  await waitFor(() => live.holder.asked.some(one => one.name === chat.calls.cancelTurn.name))
})

it('says the card before the answer, and alone when the answer fails', async () => {
  const { live, openai } = await startWithClient()
  const messages = [{ role: 'user' as const, content: 'I want to kill myself tonight' }]
  let risk: string | undefined
  live.holder.completion = ({ say, input }) => {
    risk = input.risk
    say({ type: 'delta', text: 'I am here.' })
    say({ type: 'ended', reason: 'stop', usage })
  }
  const answer = await openai.chat.completions.create({ model: 'luna', messages })
  const text = answer.choices[0]?.message.content ?? ''
  expect(text).toMatch(/\n---\n\nI am here\.$/)
  expect(['high', 'imminent']).toContain(risk)
  live.holder.completion = ({ say }) =>
    say({ type: 'failed', error: { code: 'provider-failed', message: 'Away.', retryable: true } })
  const alone = await openai.chat.completions.create({ model: 'luna', messages })
  expect(text.startsWith(alone.choices[0]?.message.content ?? 'nothing')).toBe(true)
})

it('keeps a conversation: the last user message is the new one, and the turn is its answer', async () => {
  const { live, person, openai } = await startWithClient()
  const { id: conversationId } = live.holder.open(person.id)
  live.holder.onTurn = (_, turnId) => live.holder.answer(conversationId, turnId, ['kept ', 'answer'])
  const kept = { model: 'luna/kami', metadata: { conversation_id: conversationId } }
  const messages = [...hi, { role: 'assistant' as const, content: 'yes' }, { role: 'user' as const, content: 'again' }]
  const answer = await openai.chat.completions.create({ ...kept, messages })
  expect(answer.choices[0]).toMatchObject({ finish_reason: 'stop', message: { content: 'kept answer' } })
  const stream = await openai.chat.completions.create({ ...kept, messages, stream: true })
  const chunks = await all(stream)
  expect(chunks.map(chunk => chunk.choices[0]?.delta.content ?? '').join('')).toBe('kept answer')
  const key = await live.ctx.keys.of(person.id)
  const written = live.holder.submitted.map(event => key.openJson(Buffer.from(event.sealed, 'base64'), event.clientId))
  expect(written).toMatchObject([{ text: 'again' }, { text: 'again' }])
})

it('goes on silently where a new attempt repeats what is out, and gives up where it does not', async () => {
  const { live, person, openai } = await startWithClient()
  const { id: conversationId } = live.holder.open(person.id)
  const answer = (second: string) => (_: string, turnId: string) => {
    const say = (text: string, attempt: number) =>
      live.holder.say(conversationId, started(turnId, attempt), delta(turnId, 0, text, attempt))
    say('Hello wor', 1)
    say(second, 2)
    live.holder.say(conversationId, completed(turnId, second, 2))
  }
  const ask = async () =>
    all(
      await openai.chat.completions.create({
        model: 'luna',
        messages: hi,
        metadata: { conversation_id: conversationId },
        stream: true,
      }),
    )
  live.holder.onTurn = answer('Hello world!')
  expect((await ask()).map(chunk => chunk.choices[0]?.delta.content ?? '').join('')).toBe('Hello world!')
  live.holder.onTurn = answer('Howdy')
  await expect(ask()).rejects.toThrow('begun anew')
})

it('takes only conversations of one’s own', async () => {
  const { live, openai } = await startWithClient()
  const ask = (id: string) =>
    openai.chat.completions.create({ model: 'luna', messages: hi, metadata: { conversation_id: id } })
  const stranger = await live.signUp()
  await expect(ask(live.holder.open(stranger.id).id)).rejects.toMatchObject({ status: 404 })
  await expect(ask('nonsense')).rejects.toMatchObject({ status: 400, param: 'metadata.conversation_id' })
})

it('makes vectors with the configured model, and says so where there is none', async () => {
  const { live, person, openai } = await startWithClient()
  const ask = { model: 'luna', input: ['a', 'b'] }
  await expect(openai.embeddings.create(ask)).rejects.toMatchObject({ status: 503, message: /LUNA_EMBEDDING_MODEL/ })
  const url = await live.openai({
    embeddingModel: 'tiny',
    embed: async texts => ({
      vectors: texts.map((_, index) => [index, 0.5]),
      model: 'tiny',
      dimensions: 2,
      provider: 'test',
      promptTokens: 2,
    }),
  })
  const able = new OpenAI({ baseURL: `${url}/v1`, apiKey: person.token, maxRetries: 0 })
  const { data, usage: used } = await able.embeddings.create({ ...ask, model: 'tiny' })
  expect(data.map(one => one.embedding)).toEqual([
    [0, 0.5],
    [1, 0.5],
  ])
  expect(used.prompt_tokens).toBe(2)
  await expect(able.embeddings.create({ ...ask, model: 'other' })).rejects.toMatchObject({ code: 'model_not_found' })
})
