import { expect, test } from 'vitest'
import { LazyTable } from './lazy-table.ts'
import { ruleSet } from './matcher.ts'

test('a table is built rule by rule, and whoever needs it before the end gets it whole', () => {
  const table = new LazyTable(['one', 'two', 'three'], 'written')
  expect([table.step(), table.step()]).toEqual([false, false])
  const whole = table.get()
  expect([table.step(), table.get()]).toEqual([true, whole])
})

test('rules are found alike, whether their table was built in steps or at once', () => {
  const rules = [
    { id: 'a', pattern: '(kill|hurt) ~1 myself' },
    { id: 'b', pattern: 'good (night|bye) luna*' },
  ]
  const found = (steps: number) => {
    const set = ruleSet(rules)
    for (let n = 0; n < steps; n += 1) set.tables.words.step()
    return set.find('I hurt only myself, good night lunatic').map(({ rule, start, end }) => [rule.id, start, end])
  }
  expect(found(0)).toEqual([
    ['a', 2, 18],
    ['b', 20, 38],
  ])
  for (const steps of [1, 2, 3]) expect(found(steps)).toEqual(found(0))
})
