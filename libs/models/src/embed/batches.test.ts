import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { batches } from './batches.ts'

test('batches keep every text in order and stay within the limits', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 60_000 })), lengths => {
      const texts = lengths.map((length, i) => String(i).padEnd(length, 'x'))
      const cut = batches(texts)
      expect(cut.flat()).toEqual(texts)
      for (const batch of cut) {
        expect(batch.length).toBeLessThanOrEqual(96)
        expect(batch.length === 1 || batch.join('').length <= 96_000).toBe(true)
      }
    }),
    { numRuns: 30 },
  )
})
