import { expect, it } from 'vitest'
import { decideJoin, type Stored } from './decide-join.ts'
import type { LiveFrame } from './frame.ts'
import * as make from './testing.suite.ts'

const [one, two] = [make.turnIdOf(1), make.turnIdOf(2)]
const at = (n: number, epoch = 1) => ({ epoch, n })
const idle: Stored = { position: at(4), turn: null }
const running = (turnId: string, n = 4): Stored => ({
  position: at(n),
  turn: { turnId, attempt: 1, state: 'running', parentId: null },
})
const frames = (first: number, ...list: make.Unnumbered[]): LiveFrame[] =>
  list.map((frame, index) => make.frameAt(at(first + index), frame))
const after = (n: number, epoch = 1) => ({ kind: 'after', position: at(n, epoch) }) as const
const snapshot = { kind: 'snapshot' } as const

const turn = [make.started(one), make.delta(one, 0, 'a'), make.delta(one, 1, 'b')]

it('resumes behind a cursor when all later frames are there', () => {
  const known = frames(5, ...turn)
  const join = decideJoin(after(5), running(one), known)
  expect(join).toEqual({ kind: 'follow', from: at(5), frames: known.slice(1) })
  expect(decideJoin(after(7), running(one), known)).toEqual({ kind: 'follow', from: at(7), frames: [] })
  expect(decideJoin(after(4), idle, [])).toEqual({ kind: 'follow', from: at(4), frames: [] })
})

it('gives a snapshot when frames are missing, the holder was another, or what is stored is beyond them', () => {
  const known = frames(5, ...turn)
  expect(decideJoin(after(5), running(one), [known[2] as LiveFrame]).kind).not.toBe('follow')
  expect(decideJoin(after(3, 0), running(one), known)).toMatchObject({ kind: 'snapshot', at: at(7) })
  expect(decideJoin(after(2), idle, [])).toEqual({ kind: 'snapshot', at: at(4), turn: null })
  expect(decideJoin(after(2), { ...idle, position: at(9) }, frames(3, ...turn))).toEqual({
    kind: 'snapshot',
    at: at(9),
    turn: null,
  })
})

it('believes no cursor from the future', () => {
  expect(decideJoin(after(90), idle, []).kind).toBe('snapshot')
  expect(decideJoin(after(90), running(one), [])).toEqual({ kind: 'unsettled' })
})

it('folds the running turn into a snapshot, with the cursor of the last frame', () => {
  expect(decideJoin(snapshot, running(one), frames(5, ...turn))).toEqual({
    kind: 'snapshot',
    at: at(7),
    turn: { turnId: one, attempt: 1, seq: 1, text: 'ab', parentId: null },
  })
})

it('asks for a checkpoint when the frames of the running turn are lost, and stands on it', () => {
  const late = frames(9, make.delta(one, 3, 'd'))
  expect(decideJoin(snapshot, running(one), late)).toEqual({ kind: 'unsettled' })
  expect(decideJoin(snapshot, running(one), [])).toEqual({ kind: 'unsettled' })
  const known = [...late, ...frames(10, make.checkpoint({ turnId: one, attempt: 1, seq: 3, text: 'abcd' }))]
  expect(decideJoin(snapshot, running(one), known)).toEqual({ kind: 'stale' })
  expect(decideJoin(snapshot, { ...running(one), asOf: at(10) }, known)).toMatchObject({
    kind: 'snapshot',
    at: at(10),
    turn: { text: 'abcd' },
  })
})

it('needs no checkpoint while the stream still has the frame before the turn', () => {
  const end = frames(4, make.completed(two, ''))
  expect(decideJoin(snapshot, running(one), end)).toEqual({ kind: 'snapshot', at: at(4), turn: null })
  expect(decideJoin(after(4), running(one), end)).toMatchObject({ kind: 'follow' })
})

it('asks again when another turn runs than the call said', () => {
  expect(decideJoin(snapshot, idle, frames(5, ...turn))).toEqual({ kind: 'stale' })
  expect(decideJoin(snapshot, running(one), frames(5, ...turn, make.completed(one, 'ab')))).toEqual({ kind: 'stale' })
  const takenOver = [...frames(5, ...turn), make.frameAt(at(5, 2), make.checkpoint(null))]
  expect(decideJoin(snapshot, running(one), takenOver)).toEqual({ kind: 'stale' })
})

it('joins an accepted turn at its first frame; silently before it; by a snapshot when it has passed', () => {
  const wanted = { kind: 'turn', turnId: one } as const
  const known = frames(5, make.queued(one), ...turn)
  expect(decideJoin(wanted, running(one), known)).toEqual({ kind: 'follow', from: at(4), frames: known })
  expect(decideJoin(wanted, running(one), [])).toEqual({ kind: 'follow', from: at(4), frames: [] })
  expect(decideJoin(wanted, idle, [])).toEqual({ kind: 'snapshot', at: at(4), turn: null })
  expect(decideJoin(wanted, running(two), frames(5, make.started(two)))).toMatchObject({ kind: 'snapshot' })
})
