import { randomUUID } from 'node:crypto'
import { chat, gateway } from '@luna/contracts'
import { waitFor } from '@luna/testing'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ChatOnTheBus, chatOnTheBus } from './kit.ts'

let on: ChatOnTheBus

beforeAll(async () => {
  on = await chatOnTheBus({ LUNA_CONTEXT_TOKENS: '400', LUNA_ANSWER_TOKENS: '100' })
})
afterAll(() => on.stop())

test('search finds words in the person’s own messages, stems and all, and nobody else’s', async () => {
  const { accepted } = await on.talk('I planted three apple trees behind the house')
  const found = await on.call(chat.calls.searchMessages, { q: 'apple tree' })
  expect(found.items[0]?.message.id).toBe(accepted.messageId)
  const other = await on.call(
    chat.calls.searchMessages,
    { q: 'apple tree' },
    { kind: 'person', personId: randomUUID() },
  )
  expect(other.items).toEqual([])
})

test('no text stands in the database as it was written', async () => {
  const canary = `canary${randomUUID().replaceAll('-', '')}`
  const { accepted } = await on.talk(`remember ${canary}`)
  await on.call(chat.calls.updateConversation, {
    conversationId: accepted.conversationId,
    title: canary,
    tags: [canary],
  })
  const { token } = await on.call(chat.calls.share, { conversationId: accepted.conversationId })
  const client = new pg.Client({ connectionString: on.platform.adminUrl })
  await client.connect()
  const { rows: tables } = await client.query(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname in ('chat', 'bus')`,
  )
  for (const { name } of tables) {
    const { rows } = await client.query(`select count(*)::int as hits from ${name} t where t::text like $1`, [
      `%${canary}%`,
    ])
    expect([name, rows[0].hits]).toEqual([name, 0])
  }
  const { rows } = await client.query('select token_hash from chat.shares')
  expect(rows.map(row => row.token_hash)).not.toContain(token)
  await client.end()
})

test('a share shows what was there when it was made, until it is revoked', async () => {
  on.model.always({ text: 'an answer' } as never)
  const { accepted } = await on.talk('share this')
  const { conversationId } = accepted
  const { token } = await on.call(chat.calls.share, { conversationId })
  await on.talk('not this', { conversationId })
  const shared = await on.call(chat.calls.getShared, { token }, { kind: 'system' })
  expect(shared.messages.map(({ text }) => text)).toEqual(['share this', 'an answer'])
  expect((await on.call(chat.calls.unshare, { conversationId })).revoked).toBe(1)
  await expect(on.call(chat.calls.getShared, { token }, { kind: 'system' })).rejects.toMatchObject({
    code: 'not-found',
  })
})

test('ratings become training pairs: liked against disliked answers to the same words', async () => {
  on.model.always({ text: 'dull' } as never)
  const { accepted, end } = await on.talk('tell me a joke')
  const dull = end.type === 'turn.completed' ? end.message.id : ''
  on.model.always({ text: 'funny' } as never)
  const { turnId } = await on.call(chat.calls.regenerate, { id: randomUUID(), messageId: dull })
  const better = await on.ended(turnId)
  const funny = better.type === 'turn.completed' ? better.message.id : ''
  await on.call(chat.calls.setFeedback, { messageId: dull, feedback: { rating: 'down', reason: 'heard it' } })
  const rated = await on.call(chat.calls.setFeedback, { messageId: funny, feedback: { rating: 'up' } })
  expect(rated.feedback).toEqual({ rating: 'up' })
  const { items } = await on.call(chat.calls.trainingPairs, {})
  expect(items).toContainEqual({
    prompt: [{ role: 'user', content: 'tell me a joke' }],
    chosen: 'funny',
    rejected: 'dull',
    reason: 'heard it',
  })
  const own = on.call(chat.calls.setFeedback, { messageId: accepted.messageId, feedback: { rating: 'up' } })
  await expect(own).rejects.toMatchObject({ code: 'invalid' })
})

test('an export holds every conversation and every branch, page by page', async () => {
  const rows: Record<string, unknown>[] = []
  for (let cursor: string | undefined; ; ) {
    const page = await on.call(chat.calls.exportPage, cursor ? { cursor } : {})
    rows.push(...page.rows)
    if (!page.nextCursor) break
    cursor = page.nextCursor
  }
  const { items } = await on.call(chat.calls.listConversations, { limit: 100 })
  expect(
    rows
      .filter(row => row['kind'] === 'conversation')
      .map(row => row['id'])
      .toSorted(),
  ).toEqual(items.map(({ id }) => id).toSorted())
  const branches = rows.filter(row => row['text'] === 'dull' || row['text'] === 'funny')
  expect(branches).toHaveLength(2)
})

test('older turns are summarised once they fill the context, and the receipt says so', async () => {
  on.model.always({ text: `A long answer about gardens. ${'Plants need water and light. '.repeat(4)}` } as never)
  const { accepted } = await on.talk('Let us talk about gardens')
  const { conversationId } = accepted
  let summarised = false
  for (let n = 0; n < 16 && !summarised; n += 1) {
    const { end } = await on.talk(`And what about plant number ${n}?`, { conversationId })
    if (end.type !== 'turn.completed') throw new Error(end.type)
    summarised = end.receipt.summarised !== undefined
    expect(end.receipt.promptTokens).toBeLessThanOrEqual(400)
  }
  expect(summarised).toBe(true)
})

test('a deleted conversation is gone with all that was in it', async () => {
  const { accepted } = await on.talk('delete me soon')
  await on.call(chat.calls.deleteConversation, { conversationId: accepted.conversationId })
  const gone = on.call(chat.calls.getConversation, { conversationId: accepted.conversationId })
  await expect(gone).rejects.toMatchObject({ code: 'not-found' })
  await waitFor(() => on.events.some(({ name }) => name === chat.events.conversationDeleted.name), { message: 'event' })
})

test('an erased person is gone, with counts; asked again, chat answers again; old events bring nothing back', async () => {
  const personId = randomUUID()
  const scope = { kind: 'person', personId } as const
  const { accepted } = await on.talk('my secret', { personId })
  const erasureId = randomUUID()
  const erase = async () =>
    on.platform.bus.publish([
      {
        id: randomUUID(),
        name: gateway.events.accountErased.name,
        personId,
        data: JSON.stringify({ personId, erasureId }),
        headers: {},
      },
    ])
  const answers = () =>
    on.events.filter(({ name, payload }) => name === chat.events.erased.name && payload['personId'] === personId)
  await erase()
  await waitFor(() => answers().length === 1, { message: 'the first answer' })
  expect(answers()[0]?.payload['counts']).toMatchObject({ conversations: 1, turns: 1, messages: 2 })
  await erase()
  await waitFor(() => answers().length === 2, { message: 'the second answer' })
  void on.send('back again?', { personId }).catch(() => {})
  const witness = await on.talk('still here')
  expect(witness.end.type).toBe('turn.completed')
  const gone = on.call(chat.calls.getConversation, { conversationId: accepted.conversationId }, scope)
  await expect(gone).rejects.toMatchObject({ code: 'not-found' })
})
