import { type ConversationFrame, parseCursor } from '@luna/contracts'
import { expect, test } from 'vitest'
import { createConversationFrames } from './conversation-frames.ts'

const conversationId = '018f0000-0000-7000-8000-000000000001'
const turnId = '018f0000-0000-7000-8000-000000000002'
const delta = (seq: number) => ({ type: 'turn.delta', turnId, attempt: 1, seq, text: `${seq}` }) as const

const positions = (frames: ConversationFrame[]) => frames.map(frame => parseCursor(conversationId, frame.cursor)?.n)

test('numbers go on from where the conversation stood, by one', () => {
  const sent: ConversationFrame[] = []
  const frames = createConversationFrames(conversationId, { epoch: 3, n: 41 }, frame => sent.push(frame))
  frames.emit(delta(0))
  frames.emit(delta(1))
  expect(positions(sent)).toEqual([42, 43])
  expect(frames.position()).toEqual({ epoch: 3, n: 43 })
})

test('a frame emitted while a commit holds a number comes after it, with the next number', () => {
  const sent: ConversationFrame[] = []
  const frames = createConversationFrames(conversationId, { epoch: 1, n: 0 }, frame => sent.push(frame))
  const terminal = frames.reserve()
  frames.emit(delta(0))
  expect(sent).toEqual([])
  frames.release()
  expect(terminal.n).toBe(1)
  expect(positions(sent)).toEqual([2])
})

test('what tells how things stand is asked after the commit, not before it', () => {
  const sent: ConversationFrame[] = []
  const frames = createConversationFrames(conversationId, { epoch: 1, n: 0 }, frame => sent.push(frame))
  let running: { turnId: string; attempt: number; seq: number; text: string; parentId: null } | null = {
    turnId,
    attempt: 1,
    seq: 0,
    text: 'so far',
    parentId: null,
  }
  frames.reserve()
  frames.emit(() => ({ type: 'checkpoint', turn: running }))
  running = null
  frames.release()
  expect(sent).toMatchObject([{ type: 'checkpoint', turn: null }])
})
