import { expect, test } from 'vitest'
import { type CareState, type Due, nothingYet, noticesAt } from './decide-notices.ts'

const start = new Date('2026-11-21T08:00:00Z').getTime()
const minute = 60_000

/** What is said over a day, somebody being seen at these minutes. */
function day(minutes: readonly number[]): [number, Due[]][] {
  let state: CareState = nothingYet
  return minutes.flatMap(at => {
    const { due, next } = noticesAt(state, new Date(start + at * minute))
    state = next
    return due.length > 0 ? [[at, due] as [number, Due[]]] : []
  })
}

test('before first use, and every three hours of use, with a break', () => {
  const everyTen = Array.from({ length: 38 }, (_, index) => index * 10)
  expect(day(everyTen)).toEqual([
    [0, ['disclosure']],
    [180, ['disclosure', 'break']],
    [360, ['disclosure', 'break']],
  ])
})

test('coming back within half an hour says nothing and does not set the clock back', () => {
  expect(day([0, 25, 50, 75, 100, 125, 150, 175, 185])).toEqual([
    [0, ['disclosure']],
    [185, ['disclosure', 'break']],
  ])
})

test('after a pause it is a new start, without a break reminder; after a week it is said in other words', () => {
  expect(day([0, 45])).toEqual([
    [0, ['disclosure']],
    [45, ['disclosure']],
  ])
  expect(day([0, 8 * 24 * 60])[1]?.[1]).toEqual(['again'])
})
