export interface Point {
  date: string
  value: number
  count: number
}

export interface Topic {
  topic: string
  points: readonly Point[]
}

/** Series side by side, as a chart of stacked bars wants them: one row a date, in order, a topic without a value left out. */
export function byWeek(topics: readonly Topic[]): ({ date: string } & Record<string, string | number>)[] {
  const rows = new Map<string, { date: string } & Record<string, string | number>>()
  for (const { topic, points } of topics)
    for (const { date, value } of points) rows.set(date, { ...(rows.get(date) ?? { date }), [topic]: value })
  return [...rows.values()].toSorted((one, other) => one.date.localeCompare(other.date))
}
