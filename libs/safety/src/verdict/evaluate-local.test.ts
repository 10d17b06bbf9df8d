import { contentClass, direction, type Policy, verdict } from '@luna/contracts'
import { beforeAll, describe, expect, it } from 'vitest'
import { evaluateLocal, warmUp } from './evaluate-local.ts'
import { defaultPolicy, strictest } from './policy.ts'

beforeAll(() => warmUp(async () => {}), 60_000)

describe('evaluateLocal', () => {
  it('has the shape of the contract', () => {
    const found = evaluateLocal('kill all jews, I want to die, a@b.example', 'person')
    expect(verdict.parse(found)).toEqual(found)
    expect(found).toMatchObject({ risk: 'high', action: 'flag', policyVersion: 0, absent: [] })
  })

  it('takes the strictest of what the policy asks', () => {
    const policy: Policy = {
      version: 7,
      mode: 'strict',
      actions: { sexual: { person: 'mask' }, harassment: { person: 'escalate' } },
    }
    expect(evaluateLocal('fuck you, suck my cock', 'person', policy)).toMatchObject({
      action: 'mask',
      policyVersion: 7,
    })
    expect(strictest(['flag', 'block', 'allow'])).toBe('block')
    expect(strictest([])).toBe('allow')
  })

  it('never silences a person in distress by default', () =>
    expect(evaluateLocal('I want to kill myself, I keep cutting myself', 'person')).toMatchObject({
      action: 'flag',
      risk: 'high',
    }))

  it('blocks sexual content with minors in every direction', () => {
    for (const where of direction.options) expect(evaluateLocal('sex with a child', where).action).toBe('block')
  })

  it('has an action for every class and direction by default', () => {
    for (const content of contentClass.options)
      expect(Object.keys(defaultPolicy.actions[content] ?? {}).toSorted()).toEqual(direction.options.toSorted())
  })

  it('takes any text of 100,000 characters', () => {
    for (const part of ['\u202e', 'ا', '👨‍👩‍👧', 'kill ', 'n i g ', '死', '\ud800'])
      expect(evaluateLocal(part.repeat(100_000 / part.length), 'person').classes.length).toBeLessThan(100)
  })
})
