import { expect, test } from 'vitest'
import { isOldEnough } from './age-gate.ts'

test('who may still be too young is, who said nothing is not', () => {
  const now = new Date('2026-11-21T00:00:00Z')
  expect(isOldEnough(2008, 18, now)).toBe(false)
  expect(isOldEnough(2007, 18, now)).toBe(true)
  expect(isOldEnough(2012, 13, now)).toBe(true)
  expect(isOldEnough(null, 18, now)).toBe(true)
})
