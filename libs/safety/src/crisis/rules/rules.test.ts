import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { ruleSet } from '../../lexical/matcher.ts'
import { allCrisisRules } from './index.ts'

const examples = JSON.parse(readFileSync(new URL('./examples.json', import.meta.url), 'utf8')) as Record<string, string>
const set = ruleSet(allCrisisRules)

describe('crisis rules', () => {
  it('all have an example in examples.json, and every example has its rule', () =>
    expect(Object.keys(examples).toSorted()).toEqual(allCrisisRules.map(rule => rule.id).toSorted()))

  it.each(Object.entries(examples))('%s finds its example', (id, text) =>
    expect(set.find(text).map(match => match.rule.id)).toContain(id),
  )
})
