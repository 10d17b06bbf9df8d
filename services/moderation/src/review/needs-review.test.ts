import { expect, test } from 'vitest'
import { needsReview } from './needs-review.ts'

test('what was taken away or escalated is looked at, a mere flag is not, a guess of the linear model alone is not', () => {
  expect(needsReview({ action: 'block', classes: [] })).toBe(true)
  expect(needsReview({ action: 'escalate', classes: [] })).toBe(true)
  expect(needsReview({ action: 'flag', classes: [] })).toBe(false)
  const found = { class: 'hate/threat' as const, score: 0.9, span: null }
  expect(needsReview({ action: 'flag', classes: [{ ...found, rule: 'hate/threat/exterminate' }] })).toBe(true)
  expect(needsReview({ action: 'flag', classes: [{ ...found, rule: 'linear/hate/threat' }] })).toBe(false)
})
