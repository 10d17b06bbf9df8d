import { randomUUID } from 'node:crypto'
import { expect, it } from 'vitest'
import { startLive } from '../live/start-live.ts'
import { Socket, signedIn } from './socket.ts'

it.each(['no json', '[]', '{"type":"fly"}', `{"type":"ping","x":${'['.repeat(2_000)}`])(
  'closes with 4400 after one error for %s',
  async text => {
    const live = await startLive()
    const socket = await signedIn(live.url, await live.signUp())
    socket.send(text)
    expect((await socket.end()).code).toBe(4400)
    expect(socket.frames.filter(frame => frame.type === 'error')).toMatchObject([{ error: { code: 'invalid' } }])
  },
)

it('closes for binary frames, and with 1009 for one over 256 KiB', async () => {
  const live = await startLive()
  const person = await live.signUp()
  const binary = await signedIn(live.url, person)
  binary.raw.send(Buffer.from('{"type":"ping"}'), { binary: true })
  expect((await binary.end()).code).toBe(4400)
  const large = await signedIn(live.url, person)
  large.send(JSON.stringify({ type: 'ping', pad: 'x'.repeat(256 * 1024) }))
  expect((await large.end()).code).toBe(1009)
})

it('answers a frame with wrong members by its id and stays', async () => {
  const live = await startLive()
  const socket = await signedIn(live.url, await live.signUp())
  const id = randomUUID()
  socket.send({ type: 'send', id, text: '🌙'.repeat(32_001) })
  const error = await socket.next('error')
  expect(error).toMatchObject({ id, error: { code: 'too-large', details: { limit: 32_000, found: 32_001 } } })
  socket.send({ type: 'subscribe', conversationId: 'nope' })
  expect(await socket.next('error', socket.frames.length)).toMatchObject({ id: 'nope', error: { code: 'invalid' } })
  socket.send({ type: 'ping' })
  await socket.next('pong')
  expect(live.holder.submitted).toEqual([])
})

it('limits frames with errors first, then closes with 4429, and lets others be', async () => {
  const live = await startLive({ settings: { LUNA_LIMITS: '{"frames":{"burst":10,"perMinute":1}}' } })
  const [noisy, quiet] = [await signedIn(live.url, await live.signUp()), await signedIn(live.url, await live.signUp())]
  for (let frame = 0; frame < 60; frame += 1) noisy.send({ type: 'ping' })
  expect((await noisy.end()).code).toBe(4429)
  expect(noisy.frames.filter(frame => frame.type === 'pong')).toHaveLength(9)
  expect(noisy.frames.findLast(frame => frame.type === 'error')).toMatchObject({ error: { code: 'rate-limited' } })
  quiet.send({ type: 'ping' })
  await quiet.next('pong')
})

it('limits messages by an error that says when to come again', async () => {
  const live = await startLive({ settings: { LUNA_LIMITS: '{"messages":{"burst":1,"perMinute":1}}' } })
  const socket = await signedIn(live.url, await live.signUp())
  socket.send({ type: 'send', id: randomUUID(), text: 'one' })
  await socket.next('accepted')
  const id = randomUUID()
  socket.send({ type: 'send', id, text: 'two' })
  expect(await socket.next('error')).toMatchObject({ id, error: { code: 'rate-limited', retryable: true } })
})

it('finds a peer that answers no ping, and keeps one that does', async () => {
  const live = await startLive()
  const person = await live.signUp()
  const url = await live.door({ pingMs: 40, sweepMs: 10 })
  const dead = await new Socket(url, '/ws', { autoPong: false }).opened()
  dead.send({ type: 'hello', protocol: 1, token: person.token })
  const alive = await signedIn(url, person)
  expect((await dead.end()).code).toBe(1006)
  alive.send({ type: 'ping' })
  await alive.next('pong')
})

it('cuts whoever does not read at a backlog of about 1 MiB', async () => {
  const live = await startLive()
  const person = await live.signUp()
  const slow = await signedIn(live.url, person)
  const { id: conversationId } = live.holder.open(person.id)
  slow.send({ type: 'subscribe', conversationId })
  await slow.next('snapshot')
  slow.raw.pause()
  const turnId = live.holder.begin(conversationId)
  const text = 'x'.repeat(64 * 1024)
  for (let seq = 0; seq < 500; seq += 1)
    live.holder.say(conversationId, { type: 'turn.delta', turnId, attempt: 1, seq, text })
  const other = await signedIn(live.url, person)
  other.send({ type: 'ping' })
  await other.next('pong')
  slow.raw.resume()
  expect((await slow.end()).code).toBe(4408)
  expect(slow.turn().length).toBeLessThan(450)
})

it('asks everybody to come back elsewhere when it stops', async () => {
  const live = await startLive()
  const socket = await signedIn(live.url, await live.signUp())
  await live.stop()
  expect((await socket.end()).code).toBe(1001)
})
