import { expect, it } from 'vitest'
import { FrameBudget } from './frame-budget.ts'

const rate = { burst: 3, perMinute: 60 }

it('lets a burst pass, then as many as the rate gives', () => {
  const budget = new FrameBudget()
  const at = (ms: number) => budget.take(ms, rate).verdict
  expect([at(0), at(0), at(0), at(0), at(1_000), at(1_000)]).toEqual(['ok', 'ok', 'ok', 'refused', 'ok', 'refused'])
})

it('has enough of whoever goes on all the same', () => {
  const budget = new FrameBudget()
  const verdicts = Array.from({ length: 30 }, () => budget.take(0, rate).verdict)
  expect(verdicts.indexOf('enough')).toBe(23)
})

it('counts nothing when limits are off', () => {
  const budget = new FrameBudget()
  for (let frame = 0; frame < 1_000; frame += 1) expect(budget.take(0, null).verdict).toBe('ok')
})
