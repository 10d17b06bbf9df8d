import { expect, test } from 'vitest'
import { foldsOf, groupNearDuplicates } from './folds.ts'
import { figuresOf } from './metrics.ts'
import { bestThreshold, sureThreshold } from './train/threshold.ts'

const word = (at: number) => `w${at}`
const text = (from: number, count = 20) => Array.from({ length: count }, (_, at) => word(from + at)).join(' ')

test('near-duplicates are one group, also through others, and lie in one fold', () => {
  const texts = [text(0), `${text(0)} and a little more`, text(100), `${text(0)} and a little more of it`, text(200)]
  const groups = groupNearDuplicates(texts)
  expect(new Set([groups[0], groups[1], groups[3]]).size).toBe(1)
  expect(new Set(groups).size).toBe(3)
  const many = Array.from({ length: 100 }, (_, at) => Math.floor(at / 3))
  const positive = many.map((_, at) => at % 4 === 0)
  const folds = foldsOf(many, positive, 5, 1)
  many.forEach((group, at) => expect(folds[at]).toBe(folds[many.indexOf(group)]))
  for (let fold = 0; fold < 5; fold += 1) expect(folds.filter(one => one === fold).length).toBeGreaterThan(14)
})

test('a threshold keeps its bound of false alarms, and a sure one its precision', () => {
  const rows = Array.from({ length: 100 }, (_, at) => ({
    score: at,
    positive: at >= 50 ? at % 5 !== 0 : at % 10 === 9,
  }))
  const at = bestThreshold(rows, 0.1)
  const alarms = rows.filter(row => row.score >= at && !row.positive).length
  expect(alarms / rows.filter(row => !row.positive).length).toBeLessThanOrEqual(0.1)
  const sure = rows.filter(row => row.score >= sureThreshold(rows, 0.79))
  expect(sure.filter(row => row.positive).length / sure.length).toBeGreaterThanOrEqual(0.79)
})

test('figures are those of the definitions', () => {
  const rows = [
    { score: 0.9, flagged: true, positive: true },
    { score: 0.8, flagged: true, positive: false },
    { score: 0.7, flagged: true, positive: true },
    { score: 0.1, flagged: false, positive: true },
    { score: 0.0, flagged: false, positive: false },
  ]
  const { precision, recall, f1, falsePositiveRate, auprc } = figuresOf(rows)
  expect([precision, recall, f1, falsePositiveRate]).toEqual([2 / 3, 2 / 3, 2 / 3, 1 / 2])
  expect(auprc).toBeCloseTo((1 + 2 / 3 + 3 / 4) / 3)
})
