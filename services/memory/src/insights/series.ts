import type { CallOutput, memory } from '@luna/contracts'
import type { Evidence } from './conclude.ts'

type Series = CallOutput<typeof memory.calls.insights>['series']
type Point = Series['mood'][number]

const mostTopics = 5

const dayOf = (at: Date): string => at.toISOString().slice(0, 10)
const weekOf = (at: Date): string => {
  const monday = new Date(at)
  monday.setUTCDate(monday.getUTCDate() - ((monday.getUTCDay() + 6) % 7))
  return dayOf(monday)
}

/** Mean and count of each date, in their order. */
export function points(values: readonly { at: Date; value: number }[], dateOf = dayOf): Point[] {
  const days = new Map<string, number[]>()
  for (const { at, value } of values) {
    const date = dateOf(at)
    const day = days.get(date)
    if (day) day.push(value)
    else days.set(date, [value])
  }
  return [...days]
    .toSorted(([one], [other]) => one.localeCompare(other))
    .map(([date, all]) => ({
      date,
      value: Math.round((all.reduce((sum, each) => sum + each, 0) / all.length) * 1_000) / 1_000,
      count: all.length,
    }))
}

/** Series that are ready to plot: mood by day, the journal's ratings by day, topics by week. */
export function seriesOf(
  evidence: readonly Evidence[],
  ratings: readonly { at: Date; value: number }[],
  topics: readonly { title: string; key: string }[],
): Series {
  const felt = evidence.filter(({ valence, memoryKind }) => valence !== 0 && memoryKind !== 'fact')
  return {
    mood: points(felt.map(({ at, valence }) => ({ at, value: valence }))),
    journal: points(ratings),
    topics: topics.slice(0, mostTopics).map(({ title, key }) => ({
      topic: title,
      points: points(
        evidence.filter(({ words }) => words.has(key)).map(({ at }) => ({ at, value: 1 })),
        weekOf,
      ).map(point => ({ ...point, value: point.count })),
    })),
  }
}
