import { uuidv7 } from '@luna/client'
import { waitFor } from '@luna/testing'
import OpenAI, { AuthenticationError, BadRequestError, NotFoundError } from 'openai'
import { beforeAll, describe, expect, test } from 'vitest'
import { onMessage } from '../kit/answers.ts'
import { useLuna } from '../kit/luna.ts'
import { type Person, signUp } from '../kit/people.ts'

const weather = {
  type: 'function' as const,
  function: {
    name: 'weather',
    description: 'The weather in a town.',
    parameters: { type: 'object', properties: { town: { type: 'string' } }, required: ['town'] },
  },
}

describe('the official client, unchanged', () => {
  const system = useLuna({ topology: 'embedded' })
  let person: Person
  let openai: OpenAI

  beforeAll(async () => {
    person = await signUp(system.luna.url)
    const { secret } = await person.client.keys.create('for the openai client')
    openai = new OpenAI({ baseURL: `${system.luna.url}/v1`, apiKey: secret, maxRetries: 0 })
  })

  const question = () => `A question. ${uuidv7()}`
  const storedCount = async () => (await person.client.conversations.list()).items.length

  test('lists each character as a model', async () => {
    const ids: string[] = []
    for await (const model of openai.models.list()) ids.push(model.id)
    expect(ids).toContain('luna/luna')
    expect(await openai.models.retrieve('luna/luna')).toMatchObject({ id: 'luna/luna', object: 'model' })
  })

  test('answers at once, with usage, and keeps nothing', async () => {
    const content = question()
    onMessage(system.model, content, {
      text: 'Hello 🌙',
      usage: { prompt_tokens: 11, completion_tokens: 3, total_tokens: 14 },
    })
    const completion = await openai.chat.completions.create({
      model: 'luna/luna',
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content },
      ],
    })
    expect(completion.choices[0]).toMatchObject({
      message: { role: 'assistant', content: 'Hello 🌙' },
      finish_reason: 'stop',
    })
    expect(completion.usage).toMatchObject({ prompt_tokens: 11, completion_tokens: 3, total_tokens: 14 })
    expect(await storedCount()).toBe(0)
  })

  test('streams the same bytes, with usage at the end where asked', async () => {
    const content = question()
    const text = 'Grüße, 🌙 and `code`.\n\nשלום'
    onMessage(system.model, content, { text, splitBytes: 1 })
    const stream = await openai.chat.completions.create({
      model: 'luna/luna',
      messages: [{ role: 'user', content }],
      stream: true,
      stream_options: { include_usage: true },
    })
    const chunks = []
    for await (const chunk of stream) chunks.push(chunk)
    expect(chunks.map(chunk => chunk.choices[0]?.delta.content ?? '').join('')).toBe(text)
    expect(chunks.flatMap(chunk => chunk.choices[0]?.finish_reason ?? [])).toEqual(['stop'])
    expect(chunks.at(-1)?.usage?.total_tokens).toBeGreaterThan(0)
  })

  test('passes tools through, there and back', async () => {
    const content = question()
    onMessage(
      system.model,
      content,
      { toolCalls: [{ id: 'call_1', name: 'weather', arguments: { town: 'Kyōto' } }] },
      { text: 'Rain.' },
    )
    const ask = { model: 'luna/luna', tools: [weather] }
    const first = await openai.chat.completions.create({ ...ask, messages: [{ role: 'user', content }] })
    const message = first.choices[0]?.message
    expect(first.choices[0]?.finish_reason).toBe('tool_calls')
    expect(message?.tool_calls).toEqual([
      { id: 'call_1', type: 'function', function: { name: 'weather', arguments: '{"town":"Kyōto"}' } },
    ])

    const second = await openai.chat.completions.create({
      ...ask,
      messages: [
        { role: 'user', content },
        { role: 'assistant', content: null, tool_calls: message?.tool_calls ?? [] },
        { role: 'tool', tool_call_id: 'call_1', content: '{"sky":"rain"}' },
      ],
    })
    expect(second.choices[0]?.message.content).toBe('Rain.')
    const seen = system.model.requests.filter(request => request.userText === content).at(-1)
    expect(seen?.body.tools).toMatchObject([{ function: { name: 'weather' } }])
    expect(seen?.body.messages).toContainEqual(
      expect.objectContaining({ role: 'tool', tool_call_id: 'call_1', content: '{"sky":"rain"}' }),
    )
  })

  test('keeps a conversation through metadata.conversation_id', async () => {
    const conversation = await person.client.conversations.create()
    const ask = (content: string) =>
      openai.chat.completions.create({
        model: 'luna/luna',
        messages: [{ role: 'user', content }],
        metadata: { conversation_id: conversation.id },
      })
    const [one, two] = [question(), question()]
    onMessage(system.model, one, { text: 'The first answer.' })
    onMessage(system.model, two, { text: 'The second answer.' })
    expect((await ask(one)).choices[0]?.message.content).toBe('The first answer.')
    expect((await ask(two)).choices[0]?.message.content).toBe('The second answer.')

    const { items } = await person.client.conversations.messages(conversation.id)
    expect(items.map(({ text }) => text)).toEqual([one, 'The first answer.', two, 'The second answer.'])
    const prompt = system.model.requests.findLast(request => request.userText === two)?.body.messages
    expect(prompt?.map(({ content }) => content)).toEqual(expect.arrayContaining([one, 'The first answer.']))
  })

  test('an abort reaches the model', async () => {
    const content = question()
    onMessage(system.model, content, { tokens: 2_000, tokensPerSecond: 20 })
    const stream = await openai.chat.completions.create({
      model: 'luna/luna',
      messages: [{ role: 'user', content }],
      stream: true,
    })
    let read = 0
    for await (const chunk of stream) {
      if (chunk.choices[0]?.delta.content && ++read === 3) stream.controller.abort()
    }
    const asked = () => system.model.requests.find(request => request.userText === content)
    await waitFor(() => asked()?.state === 'aborted', { message: 'the model to be told' })
    expect(asked()?.tokensSent).toBeLessThan(2_000)
  })

  test('says what is wrong as the API does', async () => {
    const messages = [{ role: 'user' as const, content: 'Hello' }]
    const stranger = new OpenAI({ baseURL: `${system.luna.url}/v1`, apiKey: 'luna_wrong', maxRetries: 0 })
    await expect(stranger.models.list()).rejects.toBeInstanceOf(AuthenticationError)
    await expect(openai.chat.completions.create({ model: 'gpt-9', messages })).rejects.toMatchObject({
      status: 404,
      code: 'model_not_found',
    })
    await expect(
      openai.chat.completions.create({ model: 'luna/luna', messages, metadata: { conversation_id: uuidv7() } }),
    ).rejects.toBeInstanceOf(NotFoundError)
    await expect(openai.chat.completions.create({ model: 'luna/luna', messages: [] })).rejects.toBeInstanceOf(
      BadRequestError,
    )
  })

  test('embeddings without a model for them say how to get one', async () => {
    await expect(openai.embeddings.create({ model: 'luna', input: 'hello' })).rejects.toMatchObject({
      message: expect.stringContaining('LUNA_EMBEDDING_MODEL') as string,
    })
  })
})

describe('with a model for embeddings', () => {
  const system = useLuna({ topology: 'embedded', env: { LUNA_EMBEDDING_MODEL: 'fake-embedding' } })

  test('the official client gets a vector for each text', async () => {
    const { client } = await signUp(system.luna.url)
    const { secret } = await client.keys.create('for the openai client')
    const openai = new OpenAI({ baseURL: `${system.luna.url}/v1`, apiKey: secret, maxRetries: 0 })
    const { data, usage } = await openai.embeddings.create({ model: 'fake-embedding', input: ['moon', 'tide'] })
    expect(data.map(({ index, embedding }) => [index, embedding.length])).toEqual([
      [0, 64],
      [1, 64],
    ])
    expect(usage.prompt_tokens).toBeGreaterThanOrEqual(0)
  })
})
