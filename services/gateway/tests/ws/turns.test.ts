import { randomUUID } from 'node:crypto'
import { chat } from '@luna/contracts'
import { waitFor } from '@luna/testing'
import { expect, it } from 'vitest'
import { delta, started } from '../../src/live/testing.suite.ts'
import { startLive } from '../live/start-live.ts'
import { signedIn } from './socket.ts'

const words = ['Hel', 'lo ', '🌙', '!']

/** Without the notices, which come at the start when they come. */
const typesOf = (frames: readonly { type: string }[]): string[] =>
  frames.map(frame => frame.type).filter(type => type !== 'notice')

it('answers a message of a new conversation with accepted and every frame of the turn', async () => {
  const live = await startLive()
  const socket = await signedIn(live.url, await live.signUp())
  live.holder.onTurn = (conversationId, turnId) => live.holder.answer(conversationId, turnId, words)
  const id = randomUUID()
  socket.send({ type: 'send', id, text: 'hi', private: true })
  const { message } = await socket.next('turn.completed')
  expect(typesOf(socket.frames).slice(1)).toEqual([
    'accepted',
    'turn.started',
    ...words.map(() => 'turn.delta'),
    'turn.completed',
  ])
  expect(message.text).toBe('Hello 🌙!')
  expect(live.holder.submitted).toMatchObject([{ clientId: id, conversationId: null, private: true }])
})

it('seals what was written with the person’s key', async () => {
  const live = await startLive()
  const person = await live.signUp()
  const socket = await signedIn(live.url, person)
  const id = randomUUID()
  socket.send({ type: 'send', id, text: 'a secret' })
  await socket.next('accepted')
  const [event] = live.holder.submitted
  expect(JSON.stringify(event)).not.toContain('secret')
  const key = await live.ctx.keys.of(person.id)
  expect(key.openJson(Buffer.from(event?.sealed ?? '', 'base64'), id)).toEqual({ text: 'a secret', attachments: [] })
})

it('shows the same frames, byte for byte, to all sockets of a person that watch', async () => {
  const live = await startLive()
  const person = await live.signUp()
  const { id: conversationId } = live.holder.open(person.id)
  const sockets = await Promise.all([1, 2, 3].map(() => signedIn(live.url, person)))
  for (const socket of sockets) {
    socket.send({ type: 'subscribe', conversationId })
    await socket.next('snapshot')
  }
  live.holder.onTurn = (_, turnId) => live.holder.answer(conversationId, turnId, words)
  sockets[0]?.send({ type: 'send', id: randomUUID(), text: 'hi', conversationId })
  const seen = await Promise.all(
    sockets.map(async socket => {
      await socket.next('turn.completed')
      return socket.texts.filter(text => text.includes('"type":"turn.'))
    }),
  )
  expect(seen[1]).toEqual(seen[0])
  expect(seen[2]).toEqual(seen[0])
  expect(seen[0]).toHaveLength(words.length + 2)
})

it('accepts the same id again as the same turn, over another socket too, and refuses a foreign conversation', async () => {
  const live = await startLive()
  const [person, stranger] = [await live.signUp(), await live.signUp()]
  const id = randomUUID()
  const turns: string[] = []
  for (const socket of [await signedIn(live.url, person), await signedIn(live.url, person)]) {
    socket.send({ type: 'send', id, text: 'hi' })
    turns.push((await socket.next('accepted')).turnId)
  }
  expect(turns[0]).toBe(turns[1])
  const [conversationId] = [...live.holder.conversations.keys()]
  const other = await signedIn(live.url, stranger)
  other.send({ type: 'send', id: randomUUID(), text: 'hi', conversationId: conversationId ?? '' })
  expect(await other.next('error')).toMatchObject({ error: { code: 'not-found' } })
  live.holder.say(conversationId ?? '', started(turns[0] ?? ''))
  other.send({ type: 'ping' })
  await other.next('pong')
  expect(other.turn()).toEqual([])
})

it('waits for as long as chat is away, and goes on when the same id is sent again', async () => {
  const live = await startLive()
  const socket = await signedIn(live.url, await live.signUp())
  live.holder.accepting = false
  const id = randomUUID()
  socket.send({ type: 'send', id, text: 'hi' })
  await waitFor(() => live.holder.submitted.length === 1)
  socket.send({ type: 'send', id, text: 'hi' })
  await waitFor(() => live.holder.submitted.length === 2)
  live.holder.acceptWaiting()
  await socket.next('accepted')
  expect(live.holder.conversations.size).toBe(2)
})

it('gives a turn that began before it was asked for again from its first frame', async () => {
  const live = await startLive()
  const person = await live.signUp()
  const first = await signedIn(live.url, person)
  const id = randomUUID()
  first.send({ type: 'send', id, text: 'hi' })
  const { conversationId, turnId } = await first.next('accepted')
  live.holder.say(conversationId, started(turnId), delta(turnId, 0, 'half '))
  first.raw.terminate()
  const second = await signedIn(live.url, person)
  second.send({ type: 'send', id, text: 'hi' })
  await second.next('turn.delta')
  live.holder.say(conversationId, delta(turnId, 1, 'whole'))
  await waitFor(() => second.turn().length === 3)
  expect(second.turn().map(frame => frame.type)).toEqual(['turn.started', 'turn.delta', 'turn.delta'])
})

it('shows the card before anything else, also when the message is refused', async () => {
  const live = await startLive({ settings: { LUNA_LIMITS: '{"messages":{"burst":1,"perMinute":1}}' } })
  const socket = await signedIn(live.url, await live.signUp())
  const text = 'I want to kill myself tonight'
  socket.send({ type: 'send', id: randomUUID(), text })
  await socket.next('accepted')
  expect(typesOf(socket.frames)).toEqual(['ready', 'safety.card', 'accepted'])
  expect(live.holder.submitted[0]?.safety).toMatchObject({ cardId: expect.any(String) })
  expect(['high', 'imminent']).toContain(live.holder.submitted[0]?.safety.risk)
  for (const again of [text, text.repeat(2_000)]) {
    const from = socket.frames.length
    socket.send({ type: 'send', id: randomUUID(), text: again })
    await socket.next('error', from)
    expect(socket.frames.slice(from).map(frame => frame.type)).toEqual(['safety.card', 'error'])
  }
})

it('passes regenerate, cancel and approve on, and watches what was regenerated', async () => {
  const live = await startLive()
  const person = await live.signUp()
  const { id: conversationId } = live.holder.open(person.id)
  const socket = await signedIn(live.url, person)
  const id = randomUUID()
  socket.send({ type: 'regenerate', id, messageId: randomUUID() })
  const { turnId } = await socket.next('accepted')
  live.holder.say(conversationId, started(turnId))
  await socket.next('turn.started')
  socket.send({ type: 'cancel', turnId })
  socket.send({ type: 'approve', callId: 'c1', decision: 'once' })
  const inputOf = (name: string) => live.holder.asked.find(one => one.name === name)?.input
  await waitFor(() => inputOf(chat.calls.cancelTurn.name) && inputOf(chat.calls.approve.name))
  expect(inputOf(chat.calls.cancelTurn.name)).toEqual({ turnId })
  expect(inputOf(chat.calls.approve.name)).toEqual({ callId: 'c1', decision: 'once' })
})

it('stops no turn when the socket is closed', async () => {
  const live = await startLive()
  const socket = await signedIn(live.url, await live.signUp())
  socket.send({ type: 'send', id: randomUUID(), text: 'hi' })
  const { conversationId, turnId } = await socket.next('accepted')
  socket.raw.close()
  await socket.end()
  const again = await signedIn(live.url, await live.signUp())
  again.send({ type: 'ping' })
  await again.next('pong')
  live.holder.answer(conversationId, turnId, words)
  expect(live.holder.asked.map(one => one.name)).not.toContain(chat.calls.cancelTurn.name)
})

it('tells the other sockets of a conversation who is typing, and nobody who may not see it', async () => {
  const live = await startLive()
  const [person, stranger] = [await live.signUp(), await live.signUp()]
  const { id: conversationId } = live.holder.open(person.id)
  const [writer, reader, outsider] = await Promise.all([
    signedIn(live.url, person),
    signedIn(live.url, person),
    signedIn(live.url, stranger),
  ])
  for (const socket of [writer, reader]) {
    socket.send({ type: 'subscribe', conversationId })
    await socket.next('snapshot')
  }
  outsider.send({ type: 'typing', conversationId })
  expect(await outsider.next('error')).toMatchObject({ id: conversationId, error: { code: 'not-found' } })
  writer.send({ type: 'typing', conversationId })
  expect(await reader.next('typing')).toMatchObject({ conversationId, userId: person.id })
  expect(writer.frames.some(frame => frame.type === 'typing')).toBe(false)
})

it('passes on what has changed for the person to all their sockets', async () => {
  const live = await startLive()
  const person = await live.signUp()
  const sockets = [await signedIn(live.url, person), await signedIn(live.url, person)]
  const changed = { type: 'changed', what: 'conversation', id: randomUUID(), version: 3 } as const
  live.holder.tell(person.id, changed)
  for (const socket of sockets) expect(await socket.next('changed')).toEqual(changed)
})
