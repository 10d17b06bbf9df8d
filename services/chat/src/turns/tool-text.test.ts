import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { createToolText, inWords } from './tool-text.ts'

it('takes calls out of a text wherever it is cut, and lets every other character through', () => {
  const call = '<tool_call>{"name": "time__now", "arguments": {"zone": "Asia/Tokyo"}}</tool_call>'
  const text = `A < b <tool <tool_cal l ${call} and ${call}`
  fc.assert(
    fc.property(fc.array(fc.nat(text.length), { maxLength: 12 }), cuts => {
      const tools = createToolText()
      const at = [0, ...cuts.toSorted((a, b) => a - b), text.length]
      let shown = ''
      for (let index = 1; index < at.length; index += 1) shown += tools.push(text.slice(at[index - 1], at[index]))
      shown += tools.finish()
      expect(shown).toBe('A < b <tool <tool_cal l and ')
      expect(tools.calls.map(({ name, arguments: args }) => [name, args])).toEqual([
        ['time__now', '{"zone":"Asia/Tokyo"}'],
        ['time__now', '{"zone":"Asia/Tokyo"}'],
      ])
    }),
    { numRuns: 200 },
  )
})

it('reads a block that the model left open, and shows nothing of one that is no call', () => {
  const open = createToolText()
  open.push('<tool_call>{"name":"a","parameters":{"b":1}}')
  expect([open.finish(), open.calls]).toEqual(['', [{ id: 'text_0', name: 'a', arguments: '{"b":1}' }]])
  const broken = createToolText()
  expect([broken.push('x<tool_call>not json</tool_call>y'), broken.calls]).toEqual(['xy', []])
})

it('says calls and results in words', () => {
  expect(
    inWords([
      { role: 'assistant', content: '', toolCalls: [{ id: '1', name: 'a', arguments: '{"b":1}' }] },
      { role: 'tool', toolCallId: '1', content: 'data' },
    ]),
  ).toEqual([
    { role: 'assistant', content: '<tool_call>{"name":"a","arguments":{"b":1}}</tool_call>' },
    { role: 'user', content: 'data' },
  ])
})
