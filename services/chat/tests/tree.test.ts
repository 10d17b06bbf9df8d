import { randomUUID } from 'node:crypto'
import { chat } from '@luna/contracts'
import { waitFor } from '@luna/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ChatOnTheBus, chatOnTheBus } from './kit.ts'

let on: ChatOnTheBus

beforeAll(async () => {
  on = await chatOnTheBus()
})
afterAll(() => on.stop())

const branch = async (conversationId: string) => (await on.call(chat.calls.listMessages, { conversationId })).items
const texts = async (conversationId: string) => (await branch(conversationId)).map(({ text }) => text)

test('a conversation grows message by message, and takes its first title from the first words', async () => {
  on.model.script([{ text: 'Hello there.' }])
  const { accepted } = await on.talk('Good morning, Luna')
  expect(await texts(accepted.conversationId)).toEqual(['Good morning, Luna', 'Hello there.'])
  const { title, activeLeafId } = await on.call(chat.calls.getConversation, { conversationId: accepted.conversationId })
  expect(title).not.toBe('')
  expect(activeLeafId).toBe((await branch(accepted.conversationId)).at(-1)?.id)
})

test('regenerate puts a new answer beside the old one; both can be switched to', async () => {
  on.model.always({ text: 'first' })
  const { accepted } = await on.talk('one question')
  const [, old] = await branch(accepted.conversationId)
  on.model.always({ text: 'second' })
  const id = randomUUID()
  const turn = await on.call(chat.calls.regenerate, { id, messageId: old!.id })
  await on.ended(turn.turnId)
  expect(await texts(accepted.conversationId)).toEqual(['one question', 'second'])
  expect((await branch(accepted.conversationId)).at(-1)?.siblingIds).toHaveLength(2)
  expect((await on.call(chat.calls.regenerate, { id, messageId: old!.id })).turnId).toBe(turn.turnId)
  const switched = await on.call(chat.calls.updateConversation, {
    conversationId: accepted.conversationId,
    activeLeafId: old!.id,
  })
  expect(switched.revision).toBeGreaterThan(0)
  expect(await texts(accepted.conversationId)).toEqual(['one question', 'first'])
})

test('an edit of a message makes a sibling that is answered; the old branch stays', async () => {
  on.model.always({ text: 'ok' })
  const { accepted } = await on.talk('teh question')
  const [asked] = await branch(accepted.conversationId)
  const edited = await on.call(chat.calls.editMessage, { messageId: asked!.id, text: 'the question' })
  await on.ended(edited.turnId!)
  expect(await texts(accepted.conversationId)).toEqual(['the question', 'ok'])
  const tree = await on.call(chat.calls.listMessages, { conversationId: accepted.conversationId, tree: true })
  expect(tree.items.map(({ text }) => text)).toEqual(['teh question', 'ok', 'the question', 'ok'])
})

test('an edit against an older version is refused', async () => {
  const { accepted } = await on.talk('tag me')
  const [asked] = await branch(accepted.conversationId)
  await on.call(chat.calls.editMessage, { messageId: asked!.id, tags: ['a'], ifVersion: asked!.version })
  const again = on.call(chat.calls.editMessage, { messageId: asked!.id, tags: ['b'], ifVersion: asked!.version })
  await expect(again).rejects.toMatchObject({ code: 'stale' })
  expect((await branch(accepted.conversationId))[0]?.tags).toEqual(['a'])
})

test('deleting a message takes what follows with it, and says so to those who listen', async () => {
  const { accepted } = await on.talk('first')
  const { accepted: second } = await on.talk('second', { conversationId: accepted.conversationId })
  const before = await branch(accepted.conversationId)
  const { deleted } = await on.call(chat.calls.deleteMessage, { messageId: second.messageId })
  expect(deleted).toBe(2)
  expect(await texts(accepted.conversationId)).toEqual(before.slice(0, 2).map(({ text }) => text))
  const gone = before.slice(2).map(({ id }) => id)
  await waitFor(
    () =>
      gone.every(id =>
        on.events.some(({ name, payload }) => name === chat.events.messageChanged.name && payload['messageId'] === id),
      ),
    { message: 'the events of the deleted messages' },
  )
})

test('an answer goes below the message it was given as parent, wherever the active leaf is', async () => {
  const { accepted } = await on.talk('root')
  const [, answer] = await branch(accepted.conversationId)
  await on.talk('left', { conversationId: accepted.conversationId })
  await on.talk('right', { conversationId: accepted.conversationId, parentId: answer!.id })
  expect((await texts(accepted.conversationId)).filter(text => text === 'left' || text === 'right')).toEqual(['right'])
})

test('tags filter conversations without the database ever seeing them', async () => {
  const { accepted } = await on.talk('about the garden')
  await on.call(chat.calls.updateConversation, { conversationId: accepted.conversationId, tags: ['Garten 🌱', 'home'] })
  const found = await on.call(chat.calls.listConversations, { tag: 'Garten 🌱' })
  expect(found.items.map(({ id }) => id)).toEqual([accepted.conversationId])
  expect(found.items[0]?.tags).toEqual(['Garten 🌱', 'home'])
})

test('a long conversation is paged from its end, each message once, in order', async () => {
  on.model.always({ text: 'yes' })
  const { accepted } = await on.talk('n0')
  for (let n = 1; n < 8; n += 1) await on.talk(`n${n}`, { conversationId: accepted.conversationId })
  const pages: string[][] = []
  for (let cursor: string | undefined; ; ) {
    const page = await on.call(chat.calls.listMessages, {
      conversationId: accepted.conversationId,
      limit: 5,
      ...(cursor ? { cursor } : {}),
    })
    pages.unshift(page.items.map(({ text }) => text))
    if (!page.nextCursor) break
    cursor = page.nextCursor
  }
  expect(pages.flat()).toEqual(Array.from({ length: 8 }, (_, n) => [`n${n}`, 'yes']).flat())
})

test('somebody else’s conversation, message and turn are not found', async () => {
  const { accepted } = await on.talk('mine')
  const other = { kind: 'person', personId: randomUUID() } as const
  const { conversationId, messageId, turnId } = accepted
  const asks = [
    on.call(chat.calls.getConversation, { conversationId }, other),
    on.call(chat.calls.listMessages, { conversationId }, other),
    on.call(chat.calls.snapshot, { conversationId }, other),
    on.call(chat.calls.deleteConversation, { conversationId }, other),
    on.call(chat.calls.share, { conversationId }, other),
    on.call(chat.calls.getMessage, { messageId }, other),
    on.call(chat.calls.editMessage, { messageId, text: 'x' }, other),
    on.call(chat.calls.deleteMessage, { messageId }, other),
    on.call(chat.calls.regenerate, { id: randomUUID(), messageId }, other),
    on.call(chat.calls.getTurn, { turnId }, other),
    on.call(chat.calls.cancelTurn, { turnId }, other),
    on.call(chat.calls.turnTexts, { turnId }, other),
  ]
  for (const asked of await Promise.allSettled(asks))
    expect(asked).toMatchObject({ status: 'rejected', reason: { code: 'not-found' } })
  expect(await on.send('x', { conversationId, personId: other.personId })).toMatchObject({
    type: 'refused',
    error: { code: 'not-found' },
  })
})
