import type { Conversation, Message } from '@luna/contracts'
import { strFromU8, unzipSync } from 'fflate'
import { expect, test } from 'vitest'
import { markdownOf } from './markdown.ts'
import { openItems } from './pages.ts'
import { zipJsonLines } from './zip.ts'

const id = '01890000-0000-7000-8000-000000000001'
const conversation: Conversation = {
  id,
  title: 'A walk\nin the park',
  characterIds: [],
  activeLeafId: null,
  private: false,
  tags: ['walks'],
  revision: 1,
  createdAt: '2026-01-01T00:00:00.000Z',
  updatedAt: '2026-01-01T00:00:00.000Z',
  version: 1,
}
const message = (role: Message['role'], text: string, more: Partial<Message> = {}): Message => ({
  id,
  conversationId: id,
  parentId: null,
  turnId: null,
  role,
  text,
  status: 'complete',
  attachments: [],
  tags: [],
  createdAt: '2026-01-01T00:00:01.000Z',
  version: 1,
  ...more,
})

async function* each<T>(items: T[]): AsyncGenerator<T> {
  yield* items
}
const collect = async <T>(items: AsyncIterable<T>): Promise<T[]> => {
  const all: T[] = []
  for await (const item of items) all.push(item)
  return all
}

test('a zip holds its rows as JSON Lines, empty files included', async () => {
  const rows = Array.from({ length: 500 }, (_, n) => ({ n, text: `Grüße 👋 ${n}` }))
  const chunks = await collect(
    zipJsonLines([
      { name: 'a.jsonl', rows: each(rows) },
      { name: 'b.jsonl', rows: [] },
    ]),
  )
  const files = unzipSync(Buffer.concat(chunks))
  const lines = strFromU8(files['a.jsonl'] ?? new Uint8Array())
    .trimEnd()
    .split('\n')
  expect(lines.map(line => JSON.parse(line) as unknown)).toEqual(rows)
  expect(files['b.jsonl']).toHaveLength(0)
})

test('pages follow each other; a first page that fails fails before anything is sent', async () => {
  const pages: Record<string, { items: number[]; nextCursor: string | null }> = {
    '': { items: [1, 2], nextCursor: 'x' },
    x: { items: [], nextCursor: 'y' },
    y: { items: [3], nextCursor: null },
  }
  const items = await openItems(async cursor => pages[cursor ?? ''] ?? { items: [], nextCursor: null })
  expect(await collect(items)).toEqual([1, 2, 3])
  await expect(openItems(() => Promise.reject(new Error('away')))).rejects.toThrow('away')
})

test('Markdown keeps what was said, with headings below its own', async () => {
  const text = (
    await collect(
      markdownOf(
        conversation,
        each([
          message('user', '# Hi\n```\n# not a heading\n```'),
          message('assistant', 'Hello', { status: 'stopped' }),
        ]),
      ),
    )
  ).join('')
  expect(text).toMatch(/^# A walk in the park\n/)
  expect(text).toContain('## You, 2026-01-01T00:00:01.000Z\n\n### Hi\n```\n# not a heading\n```\n')
  expect(text).toContain('Hello\n\n*(stopped)*')
})
