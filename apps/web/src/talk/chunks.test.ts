import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { chunk } from './chunks.ts'

const items = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => ({ key: String(from + i) }))

it('keeps everything in order, and its borders when older items come in front', () => {
  fc.assert(
    fc.property(fc.nat(60), fc.nat(60), fc.integer({ min: 1, max: 12 }), (older, count, size) => {
      const anchor = '0'
      const before = chunk(items(0, count), anchor, size)
      const after = chunk(items(-older, count), anchor, size)
      expect(after.flat()).toEqual(items(-older, count))
      const starts = new Set(after.map(([first]) => first?.key))
      for (const [first] of before) expect(starts.has(first?.key)).toBe(true)
      expect(after.every(({ length }) => length <= size)).toBe(true)
    }),
  )
})
