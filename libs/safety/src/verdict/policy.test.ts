import { expect, it } from 'vitest'
import { actionFor, defaultPolicy } from './policy.ts'

const found = { class: 'hate/threat' as const, score: 0.95 }

it('lets rules do what the policy asks, the linear layer flag only, a model act once it is sure', () => {
  expect(actionFor(defaultPolicy, 'character', { ...found, rule: 'hate/threat/exterminate' })).toBe('block')
  expect(actionFor(defaultPolicy, 'character', { ...found, rule: 'linear/hate/threat' })).toBe('flag')
  expect(actionFor(defaultPolicy, 'character', { ...found, rule: 'model/hate/threat' })).toBe('block')
  expect(actionFor(defaultPolicy, 'character', { ...found, score: 0.7, rule: 'model/hate/threat' })).toBe('flag')
  expect(actionFor(defaultPolicy, 'person', { class: 'sexual', score: 0.95, rule: 'linear/sexual' })).toBe('allow')
  expect(actionFor(defaultPolicy, 'character', { ...found, score: 0.4, rule: 'hate/threat/exterminate' })).toBe('allow')
})
