import { estimateTokens } from '@luna/models'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { shorten } from './shorten.ts'

const missing = /\n\[… (\d+) characters left out …\]\n/

test('keeps beginning and end, and says how much is missing', () => {
  const text = Array.from({ length: 2_000 }, (_, n) => `word${n}`).join(' ')
  const short = shorten(text, 200)
  expect(estimateTokens(short)).toBeLessThanOrEqual(200)
  expect(short.startsWith('word0 word1')).toBe(true)
  expect(short.endsWith('word1999')).toBe(true)
  const [head = '', tail = ''] = short.split(missing).filter((_, part) => part !== 1)
  expect(head.length + tail.length + Number(missing.exec(short)?.[1])).toBe(text.length)
})

test('never cuts a code point, and uses the room', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('a', ' ', '🌙', 'ש', '\n', 'é'), { minLength: 300, maxLength: 900 }),
      fc.integer({ min: 40, max: 90 }),
      (points, room) => {
        const short = shorten(points.join(''), room)
        expect(short).not.toMatch(/[\ud800-\udbff](?![\udc00-\udfff])/)
        expect(estimateTokens(short)).toBeLessThanOrEqual(room)
      },
    ),
    { numRuns: 50 },
  )
})
