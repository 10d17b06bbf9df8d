import { expect, test } from 'vitest'
import { sameOrConflict, titleFromWords } from './decide.ts'

const body = { text: 'hello', attachments: [] }
const earlier = { turnId: 't', conversationId: 'c', messageId: 'm', body }

test('the same id with the same content is the same turn, wherever the client left the conversation out', () => {
  expect(sameOrConflict(earlier, { conversationId: 'c', body })).toBeNull()
  expect(sameOrConflict(earlier, { conversationId: null, body })).toBeNull()
})

test('other text, other files or another conversation is a conflict', () => {
  const file = { id: 'f', name: 'a.png', type: 'image/png', bytes: 1 }
  expect(sameOrConflict(earlier, { conversationId: 'c', body: { ...body, text: 'hello!' } })?.code).toBe('conflict')
  expect(sameOrConflict(earlier, { conversationId: 'd', body })?.code).toBe('conflict')
  expect(sameOrConflict(earlier, { conversationId: 'c', body: { ...body, attachments: [file] } })?.code).toBe(
    'conflict',
  )
})

test('a title is cut at a word and never inside a character', () => {
  expect(titleFromWords('  a\n b ')).toBe('a b')
  expect(titleFromWords('word '.repeat(30))).toMatch(/^(word )+word…$/)
  expect([...titleFromWords('🌙'.repeat(100))]).toHaveLength(61)
})
