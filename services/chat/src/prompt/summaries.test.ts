import { expect, test } from 'vitest'
import type { Path } from './path-cache.ts'
import { isDue } from './summaries.ts'

const pathOf = (count: number, tokens = 100): Path => ({
  complete: true,
  messages: Array.from({ length: count }, (_, n) => ({
    id: String(n),
    parentId: n === 0 ? null : String(n - 1),
    role: n % 2 === 0 ? 'user' : 'assistant',
    text: '',
    tokens,
  })),
})
const summaryUpTo = (messageId: string) => ({ messageId, text: '', messages: 1, tokens: 200 })

test('a summary is due once the history fills the context, and again once what it does not cover does', () => {
  expect(isDue(pathOf(30), null, 10_000)).toBe(false)
  expect(isDue(pathOf(61), null, 10_000)).toBe(true)
  expect(isDue(pathOf(63), summaryUpTo('52'), 10_000)).toBe(false)
  expect(isDue(pathOf(110), summaryUpTo('52'), 10_000)).toBe(false)
  expect(isDue(pathOf(112), summaryUpTo('52'), 10_000)).toBe(true)
})

test('a few long messages are left as they are', () => {
  expect(isDue(pathOf(8, 5_000), null, 10_000)).toBe(false)
})
