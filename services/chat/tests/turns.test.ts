import { randomUUID } from 'node:crypto'
import { chat, parseCursor } from '@luna/contracts'
import { system } from '@luna/service'
import { waitFor } from '@luna/testing'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ChatOnTheBus, chatOnTheBus } from './kit.ts'

let on: ChatOnTheBus

beforeAll(async () => {
  on = await chatOnTheBus({ LUNA_HOLDER_TIMEOUT_MS: '1000' })
})
afterAll(() => on.stop())

const query = async (text: string, values: unknown[]) => {
  const client = new pg.Client({ connectionString: on.platform.adminUrl })
  await client.connect()
  try {
    return (await client.query(text, values)).rows
  } finally {
    await client.end()
  }
}

const framesOf = (turnId: string) => on.frames.filter(frame => 'turnId' in frame && frame.turnId === turnId)

/** An answer that hangs after its first words, until the turn is stopped. */
const hanging = { tokens: ['slow', ' words'], fault: { kind: 'hang', afterTokens: 2 } } as const

/** The first request for an answer hangs; titles, and a second attempt, are answered. */
function once() {
  let requests = 0
  return () => (requests += 1) === 1
}

async function begun(text: string, conversationId?: string) {
  const first = once()
  on.model.script(({ userText }) => (userText === text && first() ? (hanging as never) : undefined))
  const frame = await on.send(text, conversationId ? { conversationId } : {})
  if (frame.type !== 'accepted') throw new Error('refused')
  await waitFor(() => framesOf(frame.turnId).some(({ type }) => type === 'turn.delta'), { message: 'the first delta' })
  return frame
}

test('the same id is one turn; other content under it is a conflict', async () => {
  const clientId = randomUUID()
  const first = await on.send('once', { clientId })
  const second = await on.send('once', { clientId })
  expect(second).toEqual(first)
  expect(await on.send('twice', { clientId })).toMatchObject({ type: 'refused', error: { code: 'conflict' } })
})

test('turns of a conversation run one at a time, in the order of their commits', async () => {
  const first = await begun('a')
  const queued = await on.send('b', { conversationId: first.conversationId })
  if (queued.type !== 'accepted') throw new Error('refused')
  await waitFor(() => framesOf(queued.turnId).some(({ type }) => type === 'turn.queued'), { message: 'turn.queued' })
  expect(framesOf(queued.turnId).some(({ type }) => type === 'turn.started')).toBe(false)
  await on.call(chat.calls.cancelTurn, { turnId: first.turnId })
  await on.ended(queued.turnId)
  const order = on.frames.filter(
    frame =>
      frame.conversationId === first.conversationId &&
      (frame.type === 'turn.cancelled' || frame.type === 'turn.started'),
  )
  expect(order.map(frame => ('turnId' in frame ? frame.turnId : ''))).toEqual([
    first.turnId,
    first.turnId,
    queued.turnId,
  ])
})

test('frames are numbered by one, whatever they are', async () => {
  const { accepted } = await on.talk('count')
  await on.talk('on', { conversationId: accepted.conversationId })
  const numbers = on.frames
    .filter(frame => frame.conversationId === accepted.conversationId)
    .map(frame => parseCursor(accepted.conversationId, frame.cursor)?.n)
  expect(numbers).toEqual(numbers.map((_, index) => index + 1))
})

test('a stop keeps the text so far, and the turn is over', async () => {
  const { turnId, conversationId } = await begun('stop me')
  await on.call(chat.calls.cancelTurn, { turnId })
  const end = await on.ended(turnId)
  expect(end).toMatchObject({ type: 'turn.cancelled', message: { text: 'slow words', status: 'stopped' } })
  const { items } = await on.call(chat.calls.listMessages, { conversationId })
  expect(items.at(-1)).toMatchObject({ text: 'slow words', status: 'stopped' })
  expect((await on.call(chat.calls.getTurn, { turnId })).state).toBe('cancelled')
})

test('a stop of a turn that waits ends it before it begins', async () => {
  const first = await begun('long')
  const queued = await on.send('never mind', { conversationId: first.conversationId })
  if (queued.type !== 'accepted') throw new Error('refused')
  expect((await on.call(chat.calls.cancelTurn, { turnId: queued.turnId })).state).toBe('cancelled')
  expect(await on.ended(queued.turnId)).toMatchObject({ type: 'turn.cancelled', message: null })
  await on.call(chat.calls.cancelTurn, { turnId: first.turnId })
  await on.ended(first.turnId)
  expect(framesOf(queued.turnId).some(({ type }) => type === 'turn.started')).toBe(false)
})

test('a provider that fails ends the turn with an error, and nothing half is stored', async () => {
  on.model.always({ fault: { kind: 'status', status: 401 } } as never)
  const { accepted, end } = await on.talk('fail')
  on.model.always({ text: 'fine' } as never)
  expect(end).toMatchObject({ type: 'turn.failed', error: { code: 'provider-failed' } })
  const { items } = await on.call(chat.calls.listMessages, { conversationId: accepted.conversationId })
  expect(items.map(({ role }) => role)).toEqual(['user'])
  expect((await on.talk('again', { conversationId: accepted.conversationId })).end.type).toBe('turn.completed')
})

test('a turn whose holder is lost is taken up as a higher attempt under a new epoch; the lost one can commit nothing', async () => {
  const { turnId, conversationId } = await begun('orphan')
  await query(`update chat.turns set holder = 'a process that died' where id = $1`, [turnId])
  on.model.always({ text: 'taken up' } as never)
  await waitFor(() => framesOf(turnId).some(frame => frame.type === 'turn.started' && frame.attempt === 2), {
    message: 'the second attempt',
    timeoutMs: 10_000,
  })
  const end = await on.ended(turnId)
  expect(end).toMatchObject({ type: 'turn.completed', attempt: 2, message: { text: 'taken up' } })
  expect(parseCursor(conversationId, end.cursor)?.epoch).toBe(2)
  const { items } = await on.call(chat.calls.listMessages, { conversationId, tree: true })
  expect(items.map(({ text }) => text)).toEqual(['orphan', 'taken up'])
})

test('a turn ends once, though its event is delivered again and again', async () => {
  const { accepted } = await on.talk('once more')
  await waitFor(() => on.events.some(({ payload }) => payload['turnId'] === accepted.turnId), { message: 'turn-ended' })
  const ended = on.events.filter(
    ({ name, payload }) => name === chat.events.turnEnded.name && payload['turnId'] === accepted.turnId,
  )
  expect(ended).toHaveLength(1)
  expect(ended[0]?.payload).not.toHaveProperty('text')
})

test('the receipt says which services were missing', async () => {
  const { accepted } = await on.talk('alone')
  const { receipt } = await on.call(chat.calls.getTurn, { turnId: accepted.turnId })
  expect(receipt?.degraded.toSorted()).toEqual(['memory', 'moderation', 'personality', 'plugins'])
})

test('a companion speaks first when asked to, once for each id', async () => {
  const { accepted } = await on.talk('hi')
  const id = randomUUID()
  on.model.always({ text: 'How did it go?' } as never)
  const input = { id, personId: on.personId, conversationId: accepted.conversationId, instruction: 'Ask how it went.' }
  const { turnId } = await on.call(chat.calls.beginTurn, input, system)
  expect(await on.ended(turnId)).toMatchObject({ type: 'turn.completed', message: { text: 'How did it go?' } })
  expect((await on.call(chat.calls.beginTurn, input, system)).turnId).toBe(turnId)
  await expect(on.call(chat.calls.beginTurn, input)).rejects.toMatchObject({ code: 'forbidden' })
})

test('what the model must not say is withdrawn, and the stored text is what stands', async () => {
  on.model.always({ text: 'Sure. You should kill yourself, nobody would miss you. Do it today.' } as never)
  const { end } = await on.talk('say something cruel')
  on.model.always({ text: 'fine' } as never)
  expect(end.type).toBe('turn.completed')
  const text = end.type === 'turn.completed' ? end.message.text : ''
  expect(text).not.toContain('kill yourself')
  expect(end).toMatchObject({ receipt: { safety: { withdrawn: true } } })
})
