import { expect, it } from 'vitest'
import { foldTurn } from './fold.ts'
import * as make from './testing.suite.ts'

const [one, two] = [make.turnIdOf(1), make.turnIdOf(2)]
const fold = (...frames: make.Unnumbered[]) =>
  foldTurn(frames.map((frame, n) => make.frameAt({ epoch: 1, n }, frame).body))

it('joins the deltas less what was withdrawn', () => {
  const { turn, whole } = fold(
    make.queued(one),
    make.started(one),
    make.delta(one, 0, 'ok '),
    make.delta(one, 1, 'bad'),
    make.replaced(one, 2, 1),
    make.delta(one, 3, 'good'),
  )
  expect(turn).toMatchObject({ turnId: one, attempt: 1, seq: 3, text: 'ok good' })
  expect(whole).toBe(true)
})

it('starts over with a higher attempt, whose predecessor says nothing more', () => {
  const { turn } = fold(
    make.started(one),
    make.delta(one, 0, 'lost'),
    make.started(one, 2),
    make.delta(one, 1, 'lost too', 1),
    make.delta(one, 0, 'kept', 2),
  )
  expect(turn).toMatchObject({ attempt: 2, seq: 0, text: 'kept' })
})

it('stands on a checkpoint and takes what comes behind its seq', () => {
  const at = make.checkpoint({ turnId: one, attempt: 1, seq: 4, text: 'so far' })
  expect(fold(at, make.delta(one, 4, 'seen'), make.delta(one, 5, '!'))).toMatchObject({
    turn: { seq: 5, text: 'so far!' },
    whole: true,
  })
  expect(fold(at, make.replaced(one, 5, 0), make.delta(one, 6, 'new'))).toMatchObject({
    turn: { text: 'new' },
    whole: true,
  })
  expect(fold(at, make.replaced(one, 5, 2)).whole).toBe(false)
})

it('says so when it was begun half-way', () => {
  expect(fold(make.delta(one, 3, 'middle')).whole).toBe(false)
  expect(fold(make.started(one), make.delta(one, 0, 'a', 2)).whole).toBe(false)
})

it('is empty behind the end of a turn, and goes on with the next', () => {
  expect(fold(make.started(one), make.completed(one, '')).turn).toBeNull()
  expect(fold(make.started(one), make.completed(one, ''), make.started(two)).turn).toMatchObject({ turnId: two })
  expect(fold(make.started(one), make.checkpoint(null)).turn).toBeNull()
})
