import { expect, test } from 'vitest'
import { ask, hear, startPool } from './pool-fixture.ts'

const tools = [
  {
    name: 'weather',
    description: 'Weather of a place',
    parameters: { type: 'object', properties: { place: { type: 'string' } } },
  },
]

test('tool calls are put together from their parts', async () => {
  await using pool = await startPool()
  pool.fakes[0]!.script([
    {
      tokens: ['Let me look. '],
      toolCalls: [
        { id: 'a', name: 'weather', arguments: { place: 'Zürich 🏔' } },
        { id: 'b', name: 'weather', arguments: '{"place":' },
      ],
      splitBytes: 5,
    },
  ])
  const heard = await hear(pool.models, { ...ask('x'), tools })
  expect(heard.events.filter(event => event.type === 'tool-call')).toEqual([
    { type: 'tool-call', id: 'a', name: 'weather', arguments: '{"place":"Zürich 🏔"}', input: { place: 'Zürich 🏔' } },
    { type: 'tool-call', id: 'b', name: 'weather', arguments: '{"place":', input: null },
  ])
  expect(heard.finish?.reason).toBe('tool-calls')
  expect(heard.text).toBe('Let me look. ')
})

test('tools, their calls and their results travel in OpenAI’s form', async () => {
  await using pool = await startPool()
  await hear(pool.models, {
    messages: [
      { role: 'user', content: 'x' },
      { role: 'assistant', content: '', toolCalls: [{ id: 'a', name: 'weather', arguments: '{}' }] },
      { role: 'tool', toolCallId: 'a', content: 'sunny' },
    ],
    tools,
    toolChoice: { name: 'weather' },
  })
  expect(pool.fakes[0]!.requests[0]!.body).toMatchObject({
    messages: [
      { role: 'user', content: 'x' },
      {
        role: 'assistant',
        content: null,
        tool_calls: [{ id: 'a', type: 'function', function: { name: 'weather', arguments: '{}' } }],
      },
      { role: 'tool', tool_call_id: 'a', content: 'sunny' },
    ],
    tools: [{ type: 'function', function: tools[0] }],
    tool_choice: { type: 'function', function: { name: 'weather' } },
  })
})

test('complete gives tool calls too', async () => {
  await using pool = await startPool()
  pool.fakes[0]!.script([{ toolCalls: [{ id: 'a', name: 'weather', arguments: { place: 'Ulm' } }] }])
  const answer = await pool.models.complete({ ...ask('x'), tools })
  expect(answer).toMatchObject({ text: '', reason: 'tool-calls', toolCalls: [{ id: 'a', input: { place: 'Ulm' } }] })
})
