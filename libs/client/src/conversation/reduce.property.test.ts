import type { ServerFrame } from '@luna/contracts'
import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import {
  aMessage,
  completed,
  conversationId,
  delta,
  messageId,
  replaced,
  snapshot,
  started,
  turnId,
} from '../testing/frames.suite.ts'
import { reduceConversation } from './reduce.ts'
import { emptyConversation } from './state.ts'

/** What a provider may do in an attempt: say something, or have text withdrawn from an earlier step on. */
type Step = { say: string } | { withdrawBack: number }

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ say: fc.string({ unit: 'binary', maxLength: 6 }) }) },
  { weight: 1, arbitrary: fc.record({ withdrawBack: fc.nat(8) }) },
)

/** The frames of one attempt, with holes in seq, and the text that must stand in the end. */
function attemptFrames(attempt: number, steps: Step[], gap: number): { frames: ServerFrame[]; text: string } {
  const frames = [started(attempt)]
  let pieces: { seq: number; text: string }[] = []
  let seq = 0
  for (const one of steps) {
    if ('say' in one) {
      frames.push(delta(seq, one.say, attempt))
      pieces.push({ seq, text: one.say })
    } else {
      const from = Math.max(0, seq - one.withdrawBack)
      frames.push(replaced(seq, from, attempt))
      pieces = pieces.filter(piece => piece.seq < from)
    }
    seq += 1 + gap
  }
  return { frames, text: pieces.map(piece => piece.text).join('') }
}

const attempts = fc.array(fc.tuple(fc.array(step, { maxLength: 25 }), fc.nat(2)), { minLength: 1, maxLength: 4 })

const begin = reduceConversation(emptyConversation(conversationId), snapshot([aMessage(1)]))

it('gives the text of the last attempt, through cuts, withdrawals, lost attempts and replays of any stretch', () => {
  fc.assert(
    fc.property(attempts, fc.array(fc.tuple(fc.nat(), fc.nat())), (tries, replays) => {
      const made = tries.map(([steps, gap], index) => attemptFrames(index + 1, steps, gap))
      const frames = made.flatMap(one => one.frames)
      const text = made.at(-1)?.text ?? ''
      let state = begin
      frames.forEach((frame, index) => {
        state = reduceConversation(state, frame)
        for (const [at, length] of replays) {
          if (at % frames.length !== index) continue
          for (const again of frames.slice(Math.max(0, index - (length % 10)), index + 1)) {
            state = reduceConversation(state, again)
          }
        }
      })
      expect(state.running[turnId]?.text).toBe(text)
      expect(state.running[turnId]?.stale).toBe(false)
      const ended = reduceConversation(state, completed(text, made.length))
      expect(ended.messages[messageId(2)]?.text).toBe(text)
      expect(frames.reduce(reduceConversation, ended)).toBe(ended)
    }),
    { numRuns: 300 },
  )
})

it('never shows withdrawn text when it joined by a snapshot anywhere, and is whole or says that it is not', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 25 }), fc.nat(), (steps, cutAt) => {
      const { frames, text } = attemptFrames(1, steps, 0)
      const at = cutAt % frames.length
      const there = frames.slice(0, at + 1).reduce(reduceConversation, begin).running[turnId]
      const soFar = { turnId, attempt: 1, seq: there?.seq ?? -1, text: there?.text ?? '', parentId: messageId(1) }
      const joined = [snapshot([aMessage(1)], soFar), ...frames.slice(at)].reduce(reduceConversation, begin)
      const turn = joined.running[turnId]
      const standing = turn?.stale ? text.slice(text.length - turn.text.length) : text
      expect(turn?.text).toBe(standing)
    }),
    { numRuns: 300 },
  )
})
