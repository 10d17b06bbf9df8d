import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { afterEach, describe, expect, it } from 'vitest'
import { createLuna } from '../luna.ts'
import { messageId } from '../testing/frames.suite.ts'
import { readEvents } from './events.ts'

type Handle = (request: IncomingMessage, response: ServerResponse, body: string) => void
let stop: () => void = () => undefined
afterEach(() => stop())

async function serve(handle: Handle): Promise<string> {
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', chunk => {
      body += String(chunk)
    })
    request.on('end', () => handle(request, response, body))
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  stop = () => server.close()
  return `http://127.0.0.1:${(server.address() as { port: number }).port}`
}

const json = (response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}) =>
  response.writeHead(status, { 'content-type': 'application/problem+json', ...headers }).end(JSON.stringify(body))

const user = { id: messageId(1), displayName: 'Ada', email: 'a@b.c' }

describe('a request', () => {
  it('carries the key, the version and an idempotency key', async () => {
    const seen: IncomingMessage['headers'][] = []
    const baseUrl = await serve((request, response) => {
      seen.push(request.headers)
      json(response, 200, { id: 'x' })
    })
    const luna = createLuna({ baseUrl: `${baseUrl}/`, token: 'key' })
    await luna.conversations.create({ title: 'T' })
    await luna.conversations.update('x', { title: 'U' }, 3)
    expect(seen[0]).toMatchObject({ authorization: 'Bearer key' })
    expect(seen[0]?.['idempotency-key']).toMatch(/^[0-9a-f-]{36}$/)
    expect(seen[1]).toMatchObject({ 'if-match': '"3"' })
  })

  it('turns problem+json into a LunaError, and a bare status too', async () => {
    const baseUrl = await serve((request, response) => {
      if (request.url?.endsWith('/me')) {
        json(response, 429, { code: 'rate-limited', detail: 'Slow down.', retryable: true }, { 'retry-after': '7' })
      } else response.writeHead(502).end('<html>')
    })
    const luna = createLuna({ baseUrl, token: 'key' })
    await expect(luna.me.get()).rejects.toMatchObject({
      code: 'rate-limited',
      message: 'Slow down.',
      details: { retryAfterSeconds: 7 },
    })
    await expect(luna.search('x')).rejects.toMatchObject({ code: 'provider-failed', retryable: true })
  })

  it('says unavailable when nobody listens', async () => {
    const baseUrl = await serve(() => undefined)
    stop()
    await expect(createLuna({ baseUrl, token: 'k' }).me.get()).rejects.toMatchObject({
      code: 'unavailable',
      retryable: true,
    })
  })
})

describe('a session', () => {
  it('renews once after a 401 with its refresh cookie, also for requests side by side, and repeats them', async () => {
    let refreshes = 0
    const keys = new Set<unknown>()
    const baseUrl = await serve((request, response) => {
      const signedIn = (token: string) =>
        json(
          response,
          200,
          { user, accessToken: token, expiresIn: 900 },
          { 'set-cookie': `refresh=${token}; HttpOnly; Path=/` },
        )
      if (request.url?.endsWith('auth/login')) return signedIn('old')
      if (request.url?.endsWith('auth/csrf')) return json(response, 200, { token: 'csrf' })
      if (request.url?.endsWith('auth/refresh')) {
        refreshes++
        const { cookie, origin } = request.headers
        return request.headers['x-csrf-token'] === 'csrf' && cookie === 'refresh=old' && origin === baseUrl
          ? signedIn('new')
          : json(response, 403, { code: 'forbidden', detail: 'Not from here.' })
      }
      keys.add(request.headers['idempotency-key'])
      if (request.headers.authorization === 'Bearer old')
        return json(response, 401, { code: 'unauthorized', detail: 'old' })
      return json(response, 200, { id: 'c' })
    })
    const luna = createLuna({ baseUrl })
    await luna.auth.login({ email: 'a@b.c', password: 'p' })
    await Promise.all([luna.conversations.create(), luna.conversations.get('c')])
    expect(refreshes).toBe(1)
    expect([...keys].filter(Boolean)).toHaveLength(1)
  })

  it('is over when the refresh is refused', async () => {
    const baseUrl = await serve((request, response) => {
      if (request.url?.endsWith('auth/local')) json(response, 200, { user, accessToken: 'a', expiresIn: 900 })
      else json(response, 401, { code: 'unauthorized', detail: 'no' })
    })
    const luna = createLuna({ baseUrl })
    await luna.auth.local()
    const users: unknown[] = []
    luna.session.on('user', now => users.push(now))
    await expect(luna.me.get()).rejects.toMatchObject({ code: 'unauthorized' })
    expect(users).toEqual([null])
  })
})

it('resumes the events of a turn behind the last one', async () => {
  const after: unknown[] = []
  const position = { conversationId: messageId(5), turnId: messageId(6), attempt: 1 }
  const event = (cursor: string, frame: object) =>
    `id: ${cursor}\ndata: ${JSON.stringify({ ...position, cursor, ...frame })}\n\n`
  const baseUrl = await serve((request, response) => {
    after.push(request.headers['last-event-id'])
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    if (after.length === 1)
      response.write(event('1', { type: 'turn.delta', seq: 0, text: 'a' }), () => response.destroy())
    else response.end(event('2', { type: 'turn.failed', error: { code: 'internal', message: 'x', retryable: false } }))
  })
  const types: string[] = []
  for await (const frame of createLuna({ baseUrl, token: 'k' }).turns.events(messageId(6))) types.push(frame.type)
  expect(types).toEqual(['turn.delta', 'turn.failed'])
  expect(after).toEqual([undefined, '1'])
})

it('reads server-sent events wherever the bytes are cut', async () => {
  const bytes = new TextEncoder().encode(
    ': hi\r\nid: 1\r\ndata: 🌙a\r\ndata: b\r\n\r\nevent: x\ndata:c\n\ndata: unfinished',
  )
  for (let cut = 1; cut < bytes.length; cut++) {
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        controller.enqueue(bytes.slice(0, cut))
        controller.enqueue(bytes.slice(cut))
        controller.close()
      },
    })
    const events = []
    for await (const one of readEvents(body)) events.push(one)
    expect(events).toEqual([
      { id: '1', event: 'message', data: '🌙a\nb' },
      { id: '1', event: 'x', data: 'c' },
    ])
  }
})
