import { type Figures, figuresOf, type Intervals, intervalsOf, type Judged } from './metrics.ts'

const number = (value: number): string => (Number.isNaN(value) ? '  –  ' : value.toFixed(3))
const interval = ([from, to]: readonly [number, number]): string => `[${number(from)}, ${number(to)}]`

/** One line of figures with 95 % intervals. */
export function lineOf(name: string, rows: readonly Judged[]): string {
  const figures: Figures = figuresOf(rows)
  const intervals: Intervals = intervalsOf(rows)
  const part = (label: string, key: keyof Intervals) => `${label} ${number(figures[key])} ${interval(intervals[key])}`
  return [
    name.padEnd(22),
    `n ${String(figures.rows).padStart(4)}, positive ${String(figures.positives).padStart(3)}`,
    part('P', 'precision'),
    part('R', 'recall'),
    part('F1', 'f1'),
    part('AUPRC', 'auprc'),
    part('FPR', 'falsePositiveRate'),
  ].join('  ')
}

export function percentile(values: readonly number[], share: number): number {
  const ordered = values.toSorted((a, b) => a - b)
  return ordered[Math.min(ordered.length - 1, Math.floor(ordered.length * share))] ?? Number.NaN
}
