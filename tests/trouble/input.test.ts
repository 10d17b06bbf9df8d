import { uuidv7 } from '@luna/client'
import { beforeAll, describe, expect, test } from 'vitest'
import { type LiveSocket, openSocket, signIn } from '../kit/live-socket.ts'
import { useLuna } from '../kit/luna.ts'
import { type Person, signUp } from '../kit/people.ts'
import { rest } from '../kit/rest.ts'
import { ask } from '../kit/talk.ts'

describe('bad input is answered with what is wrong', () => {
  const system = useLuna({ topology: 'embedded' })
  let person: Person

  beforeAll(async () => {
    person = await signUp(system.luna.url)
  })

  const send = (method: string, path: string, body: unknown, headers: Record<string, string> = {}) =>
    rest(system.luna.url, method, path, {
      token: person.token,
      body,
      headers: { 'content-type': 'application/json', ...headers },
    })

  test('JSON that is none: 400 as problem+json', async () => {
    const answer = await send('POST', 'conversations', '{"title": ')
    expect(answer.status).toBe(400)
    expect(answer.headers.get('content-type')).toContain('application/problem+json')
    expect(answer.body).toMatchObject({ code: 'invalid', retryable: false, status: 400 })
  })

  test('unknown and wrong fields: 400, each by name', async () => {
    const answer = await send('POST', 'conversations', { title: 7, colour: 'red' })
    expect(answer.status).toBe(400)
    expect(answer.text).toContain('title')
    expect(answer.text).toContain('colour')
  })

  test('a text over the limit: 413 over REST, `too-large` over the socket, which stays open; nothing is stored', async () => {
    const conversation = await person.client.conversations.create()
    const text = 'x'.repeat(32_001)
    const answer = await send('POST', `conversations/${conversation.id}/messages`, { id: uuidv7(), text })
    expect(answer.status).toBe(413)
    expect(answer.text).toContain('32000')

    const socket = await signIn(system.luna.url, person.token)
    const id = uuidv7()
    socket.send({ type: 'send', id, text, conversationId: conversation.id })
    const { error } = await socket.next('error', frame => frame.id === id)
    expect(error).toMatchObject({ code: 'too-large', retryable: false, details: { limit: 32_000, found: 32_001 } })
    expect((await ask(socket, '🌙'.repeat(32_000), { conversationId: conversation.id })).end.type).toBe(
      'turn.completed',
    )
    const { items } = await person.client.conversations.messages(conversation.id)
    expect(items).toHaveLength(2)
    await socket.close()
  })

  const fatal: [string, string | Buffer, number][] = [
    ['JSON that is none', '{"type": "pi', 4400],
    ['a frame of an unknown type', '{"type": "shout"}', 4400],
    ['a list', '[]', 4400],
    ['a binary frame', Buffer.from('{"type":"ping"}'), 4400],
    ['a frame over 256 KiB', JSON.stringify({ type: 'ping', padding: 'x'.repeat(300_000) }), 1009],
  ]
  test.each(fatal)('over the socket, %s closes with a reason', async (_, data, code) => {
    const socket: LiveSocket = await signIn(system.luna.url, person.token)
    socket.raw.send(data)
    expect(await socket.closed).toMatchObject({ code })
  })

  test('a frame with wrong fields is answered with its id, and the socket stays open', async () => {
    const socket = await signIn(system.luna.url, person.token)
    socket.send({ type: 'send', id: 'not-a-uuid', text: 'hello' })
    socket.send({ type: 'subscribe', conversationId: 'nowhere' })
    const { error } = await socket.next('error', frame => frame.id === 'not-a-uuid')
    expect(error.code).toBe('invalid')
    expect((await socket.next('error', frame => frame.id === 'nowhere')).error.code).toBe('invalid')
    socket.send({ type: 'ping' })
    await socket.next('pong')
    await socket.close()
  })

  test('a first frame that is not hello closes with 4401', async () => {
    const socket = await openSocket(system.luna.url)
    socket.send({ type: 'ping' })
    expect(await socket.closed).toMatchObject({ code: 4401 })
  })

  test('a stale version is refused, and what is stored stays', async () => {
    const { id, version } = await person.client.conversations.create({ title: 'Old' })
    await person.client.conversations.update(id, { title: 'New' }, version)
    await expect(person.client.conversations.update(id, { title: 'Late' }, version)).rejects.toMatchObject({
      code: 'stale',
    })
    const answer = await send('PATCH', `conversations/${id}`, { title: 'Late' }, { 'if-match': `"${version}"` })
    expect(answer.status).toBe(412)
    expect((await person.client.conversations.get(id)).title).toBe('New')
  })

  test('what is not there: 404, and what cannot be read: 400', async () => {
    expect((await send('PATCH', `conversations/${uuidv7()}`, { title: 'x' })).status).toBe(404)
    expect((await send('PATCH', 'conversations/nothing', { title: 'x' })).status).toBe(400)
    expect((await send('POST', 'nowhere', {})).status).toBe(404)
    expect((await send('POST', 'conversations', 'a=b', { 'content-type': 'text/csv' })).status).toBe(400)
  })

  test('after all of it the process answers as before', async () => {
    const socket = await signIn(system.luna.url, person.token)
    expect((await ask(socket, 'Are you there?')).end.type).toBe('turn.completed')
    await socket.close()
  })
})
