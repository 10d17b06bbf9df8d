import { expect, it } from 'vitest'
import { merge, place, unbroken } from './order.ts'
import { completed, delta, frameAt, started, turnIdOf } from './testing.suite.ts'

const turnId = turnIdOf(1)
const said = (epoch: number, n: number) => frameAt({ epoch, n }, delta(turnId, n, 'x'))

it('tells the next frame from one seen, one behind a gap, and the end that a dead holder left', () => {
  const at = { epoch: 2, n: 7 }
  expect(place(at, said(2, 8))).toBe('next')
  expect(place(at, said(2, 7))).toBe('seen')
  expect(place(at, said(2, 9))).toBe('gap')
  expect(place(at, said(3, 8))).toBe('gap')
  expect(place(at, said(1, 90))).toBe('seen')
  expect(place(at, frameAt({ epoch: 1, n: 90 }, completed(turnId, 'x')))).toBe('late-end')
})

it('merges what is kept and what came live into one order without doubles', () => {
  const kept = [said(1, 1), said(1, 2), said(2, 3)]
  const live = [said(1, 2), said(2, 4), said(2, 3)]
  expect(merge(kept, live).map(frame => frame.position)).toEqual([
    { epoch: 1, n: 1 },
    { epoch: 1, n: 2 },
    { epoch: 2, n: 3 },
    { epoch: 2, n: 4 },
  ])
})

it('counts the frames that stand without a gap', () => {
  expect(unbroken({ epoch: 1, n: 4 }, [said(1, 5), said(1, 6), said(1, 8)])).toBe(2)
  expect(unbroken({ epoch: 1, n: 4 }, [frameAt({ epoch: 2, n: 5 }, started(turnId))])).toBe(0)
})
