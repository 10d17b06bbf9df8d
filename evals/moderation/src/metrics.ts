import { seeded } from './random.ts'

export interface Judged {
  score: number
  flagged: boolean
  positive: boolean
}

export interface Figures {
  rows: number
  positives: number
  precision: number
  recall: number
  f1: number
  falsePositiveRate: number
  /** Average precision: the area under the precision-recall curve as a step function. */
  auprc: number
}

const ratio = (a: number, b: number): number => (b === 0 ? Number.NaN : a / b)

export function figuresOf(rows: readonly Judged[]): Figures {
  const positives = rows.filter(row => row.positive).length
  const hits = rows.filter(row => row.positive && row.flagged).length
  const flagged = rows.filter(row => row.flagged).length
  const [precision, recall] = [ratio(hits, flagged), ratio(hits, positives)]
  return {
    rows: rows.length,
    positives,
    precision,
    recall,
    f1: ratio(2 * hits, positives + flagged),
    falsePositiveRate: ratio(flagged - hits, rows.length - positives),
    auprc: averagePrecision(rows),
  }
}

function averagePrecision(rows: readonly Judged[]): number {
  const ordered = rows.toSorted((a, b) => b.score - a.score)
  const positives = rows.filter(row => row.positive).length
  let hits = 0
  let sum = 0
  ordered.forEach((row, index) => {
    if (!row.positive) return
    hits += 1
    sum += hits / (index + 1)
  })
  return ratio(sum, positives)
}

type Interval = readonly [number, number]
export type Intervals = Record<'precision' | 'recall' | 'f1' | 'falsePositiveRate' | 'auprc', Interval>

/** 95 % percentile bootstrap over rows (Efron 1979). */
export function intervalsOf(rows: readonly Judged[], draws = 500): Intervals {
  const random = seeded(11)
  const drawn = Array.from({ length: draws }, () =>
    figuresOf(rows.map(() => rows[Math.floor(random() * rows.length)] as Judged)),
  )
  const of = (name: keyof Intervals): Interval => {
    const values = drawn
      .map(figures => figures[name])
      .filter(value => !Number.isNaN(value))
      .toSorted((a, b) => a - b)
    return [
      values[Math.floor(values.length * 0.025)] ?? Number.NaN,
      values[Math.ceil(values.length * 0.975) - 1] ?? Number.NaN,
    ]
  }
  return {
    precision: of('precision'),
    recall: of('recall'),
    f1: of('f1'),
    falsePositiveRate: of('falsePositiveRate'),
    auprc: of('auprc'),
  }
}
