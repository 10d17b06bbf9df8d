import type { ServerFrame } from '@luna/contracts'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { createLuna, type LunaOptions } from '../luna.ts'
import {
  aMessage,
  completed,
  conversationId,
  delta,
  messageId,
  ready,
  snapshot,
  started,
  turnId,
  userId,
} from '../testing/frames.suite.ts'
import { type Peer, type ScriptedServer, startScriptedServer } from '../testing/scripted-server.suite.ts'
import type { Connection } from './connection.ts'
import type { PendingSend } from './outbox.ts'
import { type WebStorage, webStorage } from './send-storage.ts'

const timings = { backoffMs: { base: 5, max: 20, tooMany: 5 }, renewAtMostEveryMs: 5, renewBeforeMs: 1_000 }

let server: ScriptedServer
const open: Connection[] = []

beforeEach(async () => {
  server = await startScriptedServer()
})
afterEach(async () => {
  for (const connection of open.splice(0)) connection.close()
  await server.stop()
})

function connect(more: Partial<LunaOptions> = {}): Connection {
  const connection = createLuna({ baseUrl: server.url, token: 't', WebSocket, timings, ...more }).connect()
  open.push(connection)
  return connection
}

const until = <Value>(connection: Connection, type: string, want: (value: Value) => boolean): Promise<Value> =>
  new Promise(resolve => {
    const off = connection.on(type, value => {
      if (!want(value as Value)) return
      off()
      resolve(value as Value)
    })
  })
const frameOf = (connection: Connection, type: ServerFrame['type']) =>
  until<ServerFrame>(connection, 'frame', frame => frame.type === type)
const stateOf = (connection: Connection, name: string) =>
  until<Connection['state']>(connection, 'state', state => state.name === name)

const accept = (peer: Peer, id: string): void =>
  peer.say({ type: 'accepted', id, conversationId, messageId: messageId(1), turnId })

async function greet(nth = 1, frame: ServerFrame = ready()): Promise<Peer> {
  const peer = await server.peer(nth)
  await peer.next('hello')
  peer.say(frame)
  return peer
}

function memoryStorage(): WebStorage {
  const map = new Map<string, string>()
  return {
    get length() {
      return map.size
    },
    key: index => [...map.keys()][index] ?? null,
    getItem: key => map.get(key) ?? null,
    setItem: (key, value) => void map.set(key, value),
    removeItem: key => void map.delete(key),
  }
}

describe('signing in', () => {
  it('says hello with the token and becomes ready', async () => {
    const connection = connect({ client: { name: 'test', version: '1' } })
    const up = stateOf(connection, 'ready')
    const peer = await greet()
    expect(await peer.next('hello')).toEqual({
      type: 'hello',
      protocol: 1,
      token: 't',
      client: { name: 'test', version: '1' },
    })
    expect(await up).toMatchObject({ name: 'ready', user: { id: userId } })
  })

  it('renews the token before it ends, on the same socket', async () => {
    let made = 0
    connect({ token: undefined, getToken: () => `t${++made}` })
    const peer = await greet(1, ready({ expiresInMs: 20 }))
    expect(await peer.next('auth')).toEqual({ type: 'auth', token: 't2' })
    expect(server.peers).toHaveLength(1)
  })

  it('asks for another token after 4401, and gives up when that one is refused too', async () => {
    const reasons: boolean[] = []
    const connection = connect({
      token: undefined,
      getToken: ({ renew }) => {
        reasons.push(renew)
        return 'x'
      },
    })
    const out = stateOf(connection, 'signed-out')
    ;(await server.peer(1)).close(4401)
    ;(await server.peer(2)).close(4401)
    expect(await out).toEqual({ name: 'signed-out', why: 'expired' })
    expect(reasons).toEqual([false, true])
  })

  it('does not come back by itself once revoked', async () => {
    const connection = connect()
    const out = stateOf(connection, 'signed-out')
    ;(await greet()).close(4403)
    expect(await out).toEqual({ name: 'signed-out', why: 'revoked' })
    connection.wake()
    await greet(2)
    expect(server.peers).toHaveLength(2)
  })
})

describe('a lost connection', () => {
  it('resumes every subscription behind its last frame', async () => {
    const connection = connect()
    connection.subscribe(conversationId)
    const first = await greet()
    expect(await first.next('subscribe')).toEqual({ type: 'subscribe', conversationId })
    const seen = frameOf(connection, 'turn.delta')
    first.say(snapshot([aMessage(1)]), started(), delta(0, 'a', 1, 'e1.7'))
    await seen
    first.cut()
    const second = await greet(2)
    expect(await second.next('subscribe')).toEqual({ type: 'subscribe', conversationId, after: 'e1.7' })
  })

  it('is found when the server goes silent without closing', async () => {
    const connection = connect({ timings: { ...timings, pingMs: 10, pongMs: 10 } })
    const up = stateOf(connection, 'ready')
    const peer = await greet()
    await up
    await peer.next('ping')
    await server.peer(2)
    expect(connection.state.name).not.toBe('closed')
  })

  it('is not assumed while pongs come', async () => {
    connect({ timings: { ...timings, pingMs: 5, pongMs: 5_000 } })
    const peer = await greet()
    for (let n = 1; n <= 5; n++) {
      await peer.next('ping', n)
      peer.say({ type: 'pong' })
    }
    expect(server.peers).toHaveLength(1)
  })

  it('asks again when a subscribe is met with silence', async () => {
    const connection = connect({ timings: { ...timings, answerMs: 5 } })
    connection.subscribe(conversationId)
    const peer = await greet()
    await peer.next('subscribe', 3)
    peer.say(snapshot([]))
    await frameOf(connection, 'snapshot')
    expect(server.peers).toHaveLength(1)
  })

  it('does not lose a stop', async () => {
    const connection = connect()
    const first = await greet()
    const gone = stateOf(connection, 'waiting')
    first.close(1012)
    await gone
    connection.cancel(turnId)
    const second = await greet(2)
    expect(await second.next('cancel')).toEqual({ type: 'cancel', turnId })
  })
})

describe('sending', () => {
  it('keeps a send made offline and gives it the same id after every loss', async () => {
    const connection = connect()
    const { id, accepted } = connection.send({ text: 'hi', conversationId })
    const first = await greet()
    expect(await first.next('send')).toEqual({ type: 'send', id, text: 'hi', conversationId })
    first.cut()
    const second = await greet(2)
    expect((await second.next('send')).id).toBe(id)
    accept(second, id)
    expect((await accepted).turnId).toBe(turnId)
    expect(connection.pending).toEqual([])
  })

  it('holds the next of a conversation until the one before is accepted', async () => {
    const connection = connect()
    const one = connection.send({ text: 'one', conversationId })
    const two = connection.send({ text: 'two', conversationId })
    const other = connection.send({ text: 'elsewhere', conversationId: messageId(77) })
    const peer = await greet()
    await peer.next('send', 2)
    expect(peer.received.filter(frame => frame.type === 'send').map(frame => frame.id)).toEqual([one.id, other.id])
    accept(peer, one.id)
    expect((await peer.next('send', 3)).id).toBe(two.id)
  })

  it('sends what follows a new conversation into it', async () => {
    const connection = connect()
    const one = connection.send({ text: 'one' })
    connection.send({ text: 'two', follows: one.id })
    const peer = await greet()
    expect(await peer.next('send')).not.toHaveProperty('conversationId')
    accept(peer, one.id)
    expect(await peer.next('send', 2)).toMatchObject({ text: 'two', conversationId })
  })

  it('survives a reload with a storage, and goes out for the same person only', async () => {
    const kept = memoryStorage()
    const before = connect({ storage: webStorage(kept) })
    const peer = await greet()
    const { id } = before.send({ text: 'unsaid', conversationId })
    await peer.next('send')
    before.close()

    const stranger = connect({ storage: webStorage(kept) })
    const asStranger = await greet(2, ready({ userId: messageId(66) }))
    stranger.send({ text: 'mine', conversationId })
    expect((await asStranger.next('send')).text).toBe('mine')
    stranger.close()

    connect({ storage: webStorage(kept) })
    const again = await greet(3)
    expect(await again.next('send')).toMatchObject({ id, text: 'unsaid' })
    accept(again, id)
  })

  it('tries again what may succeed later and gives back what cannot', async () => {
    const connection = connect()
    const { id, accepted } = connection.send({ text: 'hi', conversationId })
    const refused = until<{ send: PendingSend }>(connection, 'refused', () => true)
    const peer = await greet()
    await peer.next('send')
    peer.say({ type: 'error', id, error: { code: 'unavailable', message: 'later', retryable: true } })
    expect((await peer.next('send', 2)).id).toBe(id)
    peer.say({ type: 'error', id, error: { code: 'conflict', message: 'other text', retryable: false } })
    await expect(accepted).rejects.toMatchObject({ code: 'conflict' })
    expect((await refused).send.id).toBe(id)
  })

  it('sends again when no answer comes on an open socket', async () => {
    const connection = connect({ timings: { ...timings, resendMs: 5 } })
    const { id } = connection.send({ text: 'hi', conversationId })
    const peer = await greet()
    expect((await peer.next('send', 3)).id).toBe(id)
  })

  it('gives up a send over which the server closes twice', async () => {
    const connection = connect()
    const { accepted } = connection.send({ text: 'poison', conversationId })
    for (const nth of [1, 2]) {
      const peer = await greet(nth)
      await peer.next('send')
      peer.close(4400)
    }
    await expect(accepted).rejects.toMatchObject({ code: 'invalid' })
  })

  it('refuses at once what is empty or over the limit', () => {
    const connection = connect()
    expect(() => connection.send({ text: '' })).toThrow(/empty/)
    expect(() => connection.send({ text: 'x'.repeat(32_001) })).toThrow(/32000/)
    expect(connection.send({ text: '🌙'.repeat(32_000) }).id).toMatch(/-7/)
  })

  it('follows the conversation it made without asking for what it knows', async () => {
    const luna = createLuna({ baseUrl: server.url, token: 't', WebSocket, timings })
    const connection = luna.connect()
    open.push(connection)
    const { id, accepted } = connection.send({ text: 'hi' })
    const peer = await greet()
    await peer.next('send')
    const shown = new Promise(resolve => {
      connection.on('accepted', ({ send, frame }) => {
        const store = luna.watch(connection, frame.conversationId)
        store.sent(send, frame)
        resolve(store.state.loaded)
      })
    })
    accept(peer, id)
    await accepted
    expect(await shown).toBe(true)
    const end = frameOf(connection, 'turn.completed')
    peer.say(started(), delta(0, 'yes'), completed('yes'))
    await end
    expect(peer.received.map(frame => frame.type)).toEqual(['hello', 'send'])
  })

  it('asks for a snapshot when a send was answered on a later socket than it went out on', async () => {
    const connection = connect()
    const { id } = connection.send({ text: 'hi' })
    const first = await greet()
    await first.next('send')
    first.cut()
    const second = await greet(2)
    await second.next('send')
    accept(second, id)
    expect(await second.next('subscribe')).toEqual({ type: 'subscribe', conversationId })
  })
})

describe('frames', () => {
  it('come as an async iterator that ends with the connection', async () => {
    const connection = connect()
    const frames = connection.frames({ conversationId })
    const peer = await greet()
    peer.sayRaw('not json')
    peer.sayRaw('{"type":"from-the-future"}')
    peer.say({ type: 'notice', code: 'degraded', text: 'x' }, started(), delta(0, 'a'), completed('a'))
    const types: string[] = []
    for await (const frame of frames) {
      types.push(frame.type)
      if (frame.type === 'turn.completed') connection.close()
    }
    expect(types).toEqual(['turn.started', 'turn.delta', 'turn.completed'])
  })

  it('fold into a watched conversation across a loss', async () => {
    const luna = createLuna({ baseUrl: server.url, token: 't', WebSocket, timings })
    const connection = luna.connect()
    open.push(connection)
    const store = luna.watch(connection, conversationId)
    const first = await greet()
    await first.next('subscribe')
    const half = frameOf(connection, 'turn.delta')
    first.say(snapshot([aMessage(1)]), started(), delta(0, 'Hel'))
    await half
    first.cut()
    const second = await greet(2)
    await second.next('subscribe')
    const end = frameOf(connection, 'turn.completed')
    second.say(delta(0, 'Hel'), delta(1, 'lo'), completed('Hello'))
    await end
    expect(store.state.messages[messageId(2)]?.text).toBe('Hello')
    store.close()
    expect(await second.next('unsubscribe')).toEqual({ type: 'unsubscribe', conversationId })
  })
})
