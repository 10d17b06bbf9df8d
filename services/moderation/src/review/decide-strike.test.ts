import { expect, test } from 'vitest'
import { strikeOf } from './decide-strike.ts'

const dayMs = 86_400_000

test('a dismissed or upheld entry leaves the person alone', () => {
  expect(strikeOf('dismiss', 5, 0)).toBeNull()
  expect(strikeOf('uphold', 5, 0)).toBeNull()
})

test('the third strike restricts, each restriction is longer, and all of them end', () => {
  expect(strikeOf('strike', 0, 0)).toEqual({ restricts: false, forMs: 90 * dayMs })
  expect(strikeOf('strike', 2, 0)).toEqual({ restricts: true, forMs: dayMs })
  expect(strikeOf('restrict', 0, 1)).toEqual({ restricts: true, forMs: 7 * dayMs })
  expect(strikeOf('restrict', 9, 9)).toEqual({ restricts: true, forMs: 30 * dayMs })
})
