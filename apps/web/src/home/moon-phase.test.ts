import { expect, it } from 'vitest'
import { litPath, moonPhase } from './moon-phase.ts'

it.each([
  ['2024-01-11T11:57Z', 0],
  ['2024-04-08T18:21Z', 0],
  ['2025-03-14T06:55Z', 4],
  ['2026-08-28T04:18Z', 4],
  ['2026-11-17T11:48Z', 2],
])('knows the phase at %s', (at, index) => {
  expect(moonPhase(Date.parse(at)).index).toBe(index)
})

it('draws the lit side: right while waxing, left while waning, wide when gibbous', () => {
  expect(litPath(0.25, 10)).toMatch(/^M0 -10A10 10 0 0 1 0 10A0\.000 10/)
  expect(litPath(0.5, 10)).toBe('M0 -10A10 10 0 0 0 0 10A10.000 10 0 0 0 0 -10Z')
  expect(litPath(0.1, 10)).toMatch(/0 0 1 0 10A[\d.]+ 10 0 0 0 0 -10Z$/)
  expect(litPath(0.4, 10)).toMatch(/0 0 1 0 10A[\d.]+ 10 0 0 1 0 -10Z$/)
  expect(litPath(0.9, 10)).toMatch(/0 0 0 0 10A[\d.]+ 10 0 0 1 0 -10Z$/)
})
