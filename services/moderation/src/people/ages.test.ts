import { expect, test } from 'vitest'
import { ageGroupOf } from './ages.ts'

test('who may still be seventeen is a minor, who gave no year is unknown', () => {
  const now = new Date('2026-11-21T00:00:00Z')
  expect(ageGroupOf(2008, now)).toBe('minor')
  expect(ageGroupOf(2007, now)).toBe('adult')
  expect(ageGroupOf(2020, now)).toBe('minor')
  expect(ageGroupOf(null, now)).toBe('unknown')
})
