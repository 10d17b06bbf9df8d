import { beforeAll, describe, expect, it } from 'vitest'
import { assessCrisis } from './assess.ts'
import { assessConversation } from './conversation.ts'

const calm = (count: number) => Array.from({ length: count }, (_, at) => `We talked about the garden, part ${at}.`)
beforeAll(() => void assessCrisis('builds the rules'), 60_000)

describe('assessConversation', () => {
  it.each([1, 50, 200])('takes the last line in full at turn %s', turn =>
    expect(assessConversation([...calm(turn - 1), 'I want to die'])).toMatchObject({ risk: 'high', course: null }),
  )

  it('lets despair of several lines add up, and not the same word three times', () => {
    const lines = ['nothing really matters anymore', "I'm a burden", "I can't go on like this"]
    expect(assessConversation(lines)).toMatchObject({ risk: 'high', line: 'low', course: 'despair-adds-up' })
    expect(assessConversation(lines.slice(1)).risk).toBe('low')
    expect(assessConversation(["I'm a burden", "I'm a burden", "I'm a burden"]).risk).toBe('low')
  })

  it('lets bad days that are long past be past', () =>
    expect(
      assessConversation(['nothing really matters anymore', "I'm a burden", ...calm(20), "I can't go on like this"])
        .risk,
    ).toBe('low'))

  it('takes little for more soon after a crisis, and lets it be over once lines are calm', () => {
    const crisis = 'I want to kill myself'
    expect(assessConversation([crisis, 'fine.', "I'm just a burden"])).toMatchObject({
      risk: 'high',
      course: 'after-a-crisis',
    })
    expect(assessConversation([crisis, 'I feel better now']).risk).toBe('low')
    expect(assessConversation([crisis, ...calm(9)]).risk).toBe('none')
  })
})
