import { randomUUID } from 'node:crypto'
import { chat, makeCursor, type ServerFrame } from '@luna/contracts'
import { waitFor } from '@luna/testing'
import { expect, it } from 'vitest'
import { checkpoint, completed, delta, started } from '../../src/live/testing.suite.ts'
import { startLive } from '../live/start-live.ts'
import { type Socket, signedIn } from './socket.ts'

const cursorOf = (frame: ServerFrame | undefined): string => (frame && 'cursor' in frame ? frame.cursor : '')

/** Text as a client joins it: a snapshot's, then the deltas behind it. */
const textOf = (frames: readonly ServerFrame[]): string =>
  frames.reduce((text, frame) => {
    if (frame.type === 'snapshot') return frame.turn?.text ?? ''
    return frame.type === 'turn.delta' ? text + frame.text : text
  }, '')

it('gives a snapshot with the running turn folded, and the frames behind it', async () => {
  const live = await startLive()
  const person = await live.signUp()
  const { id: conversationId } = live.holder.open(person.id)
  const turnId = live.holder.begin(conversationId)
  live.holder.say(conversationId, started(turnId), delta(turnId, 0, 'one '), delta(turnId, 1, 'two '))
  const socket = await signedIn(live.url, person)
  socket.send({ type: 'subscribe', conversationId })
  const snapshot = await socket.next('snapshot')
  expect(snapshot).toMatchObject({ messages: [], turn: { turnId, attempt: 1, seq: 1, text: 'one two ' } })
  expect(snapshot.cursor).toBe(makeCursor(conversationId, { epoch: 0, n: 3 }))
  live.holder.say(conversationId, delta(turnId, 2, 'three'), completed(turnId, 'one two three'))
  await socket.next('turn.completed')
  expect(textOf(socket.frames)).toBe('one two three')
})

it('resumes behind every single frame without gap or double', async () => {
  const live = await startLive()
  const person = await live.signUp()
  const { id: conversationId } = live.holder.open(person.id)
  const watcher = await signedIn(live.url, person)
  watcher.send({ type: 'subscribe', conversationId })
  await watcher.next('snapshot')
  const words = Array.from({ length: 30 }, (_, index) => `w${index} `)
  live.holder.answer(conversationId, live.holder.begin(conversationId), words)
  await watcher.next('turn.completed')
  const all = watcher.turn()
  for (const [index, frame] of all.entries()) {
    const socket = await signedIn(live.url, person)
    socket.send({ type: 'subscribe', conversationId, after: cursorOf(frame) })
    expect(await socket.next('subscribed')).toMatchObject({ recovered: true, cursor: cursorOf(frame) })
    await waitFor(() => socket.turn().length >= all.length - index - 1)
    expect(socket.turn()).toEqual(all.slice(index + 1))
    socket.raw.terminate()
  }
})

it('gives a snapshot when the frames are gone', async () => {
  const live = await startLive()
  const person = await live.signUp()
  const { id: conversationId } = live.holder.open(person.id)
  live.holder.answer(conversationId, live.holder.begin(conversationId), ['a', 'b'])
  await live.platform.bus.trim({ name: chat.feeds.conversationFrames.name, key: conversationId })
  const socket = await signedIn(live.url, person)
  socket.send({ type: 'subscribe', conversationId, after: makeCursor(conversationId, { epoch: 0, n: 2 }) })
  expect(await socket.next('snapshot')).toMatchObject({ messages: [{ text: 'ab' }], turn: null })
})

it('says not-found for a foreign conversation, a foreign cursor and nonsense', async () => {
  const live = await startLive()
  const [person, stranger] = [await live.signUp(), await live.signUp()]
  const mine = live.holder.open(person.id).id
  const theirs = live.holder.open(stranger.id).id
  live.holder.answer(theirs, live.holder.begin(theirs), ['secret'])
  const socket = await signedIn(live.url, person)
  const asked = [
    { conversationId: theirs },
    { conversationId: theirs, after: makeCursor(theirs, { epoch: 0, n: 1 }) },
    { conversationId: mine, after: makeCursor(theirs, { epoch: 0, n: 1 }) },
    { conversationId: mine, after: 'nonsense' },
    { conversationId: randomUUID() },
  ]
  for (const one of asked) {
    const from = socket.frames.length
    socket.send({ type: 'subscribe', ...one })
    expect(await socket.next('error', from)).toMatchObject({ id: one.conversationId, error: { code: 'not-found' } })
  }
  live.holder.answer(theirs, live.holder.begin(theirs), ['secret'])
  socket.send({ type: 'ping' })
  await socket.next('pong')
  expect(socket.texts.join()).not.toContain('secret')
})

it('fills a gap in the live frames from what is kept', async () => {
  const { live, socket, conversationId, turnId } = await running()
  const lost = delta(turnId, 1, 'lost ')
  live.holder.say(conversationId, delta(turnId, 0, 'a '))
  await socket.next('turn.delta')
  const { bus } = live.platform
  const emit = bus.emit.bind(bus)
  const held: (() => void)[] = []
  bus.emit = (address, data) => void held.push(() => emit(address, data))
  live.holder.say(conversationId, lost, delta(turnId, 2, 'b '))
  bus.emit = emit
  for (const publish of held.toReversed()) publish()
  await waitFor(() => socket.turn().length === 4)
  expect(textOf(socket.frames)).toBe('a lost b ')
})

it('stands on a checkpoint when frames are lost for good', async () => {
  const { live, socket, conversationId, turnId } = await running()
  live.holder.say(conversationId, delta(turnId, 0, 'a '))
  await socket.next('turn.delta')
  const conversation = live.holder.conversations.get(conversationId)
  if (conversation) conversation.at = { epoch: 0, n: conversation.at.n + 5 }
  const from = socket.frames.length
  live.holder.say(conversationId, delta(turnId, 6, 'g '))
  await waitFor(() => live.holder.asked.some(one => one.name === chat.calls.checkpoint.name))
  live.holder.say(conversationId, checkpoint({ turnId, attempt: 1, seq: 6, text: 'a b c d e f g ' }))
  await socket.next('snapshot', from)
  live.holder.say(conversationId, delta(turnId, 7, 'h'))
  await socket.next('turn.delta', from)
  expect(textOf(socket.frames)).toBe('a b c d e f g h')
  expect(socket.texts.join()).not.toContain('checkpoint')
})

it('follows a turn that another holder has taken over', async () => {
  const { live, socket, conversationId, turnId } = await running()
  live.holder.say(conversationId, delta(turnId, 0, 'lost attempt'))
  await socket.next('turn.delta')
  const conversation = live.holder.conversations.get(conversationId)
  if (conversation) conversation.at = conversation.stored = { epoch: 1, n: 0 }
  live.holder.say(conversationId, checkpoint({ turnId, attempt: 2, seq: -1, text: '' }), started(turnId, 2))
  live.holder.say(conversationId, delta(turnId, 0, 'kept', 2), completed(turnId, 'kept', 2))
  const { message } = await socket.next('turn.completed')
  expect(message.text).toBe('kept')
  const since = socket.frames.findLastIndex(frame => frame.type === 'snapshot' || frame.type === 'turn.started')
  expect(textOf(socket.frames.slice(since))).toBe('kept')
})

async function running(): Promise<{
  live: Awaited<ReturnType<typeof startLive>>
  socket: Socket
  conversationId: string
  turnId: string
}> {
  const live = await startLive()
  const person = await live.signUp()
  const { id: conversationId } = live.holder.open(person.id)
  const socket = await signedIn(live.url, person)
  socket.send({ type: 'subscribe', conversationId })
  await socket.next('snapshot')
  const turnId = live.holder.begin(conversationId)
  live.holder.say(conversationId, started(turnId))
  await socket.next('turn.started')
  return { live, socket, conversationId, turnId }
}
