import type { ConversationFrame } from '@luna/contracts'
import { expect, test } from 'vitest'
import { createConversationFrames } from './conversation-frames.ts'
import { createTurnOutput } from './turn-output.ts'

const conversationId = '018f0000-0000-7000-8000-000000000001'
const turnId = '018f0000-0000-7000-8000-000000000002'

function open() {
  const sent: ConversationFrame[] = []
  let now = 0
  const frames = createConversationFrames(conversationId, { epoch: 1, n: 0 }, frame => sent.push(frame))
  const output = createTurnOutput({ frames, turnId, attempt: 1, elapsed: () => now })
  return { sent, output, pass: (ms: number) => (now += ms) }
}

const standing = (frames: ConversationFrame[]) => {
  let deltas: { seq: number; text: string }[] = []
  for (const frame of frames) {
    if (frame.type === 'turn.delta') deltas.push(frame)
    if (frame.type === 'turn.replaced') deltas = deltas.filter(({ seq }) => seq < frame.from || seq >= frame.seq)
  }
  return deltas.map(({ text }) => text).join('')
}

test('the first token leaves at once, a burst behind it travels together, and nothing is lost', () => {
  const { sent, output } = open()
  output.write('Hel')
  expect(sent).toHaveLength(1)
  output.write('lo ')
  output.write('🌙')
  expect(sent).toHaveLength(1)
  output.flush()
  expect(sent).toHaveLength(2)
  expect(standing(sent)).toBe('Hello 🌙')
  expect(output.text()).toBe('Hello 🌙')
})

test('slow tokens never wait', () => {
  const { sent, output, pass } = open()
  for (const word of ['a', 'b', 'c']) {
    output.write(word)
    pass(20)
  }
  expect(sent).toHaveLength(3)
})

test('withdrawn text is gone from the answer and from what a client joins; no seq is used twice', () => {
  const { sent, output } = open()
  output.write('good, bad')
  output.withdraw('policy', 6)
  output.write('better')
  output.flush()
  expect(standing(sent)).toBe('good, better')
  expect(output.text()).toBe('good, better')
  const seqs = sent.flatMap(frame => ('seq' in frame ? [frame.seq] : []))
  expect(new Set(seqs).size).toBe(seqs.length)
  expect(seqs).toEqual(seqs.toSorted((a, b) => Number(a) - Number(b)))
})
