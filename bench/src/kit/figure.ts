/** One line of the result: what was measured, beside the plain client in the same run, against its goal. */
export interface Figure {
  name: string
  luna: number
  plain: number | null
  /** What is compared with the goal: mostly a ratio. */
  value: number
  unit: string
  goal: string
  met: boolean
}

export function printTable(figures: readonly Figure[]): void {
  const rows = [
    ['figure', 'Luna', 'plain', 'value', 'goal', ''],
    ...figures.map(figure => [
      figure.name,
      String(figure.luna),
      figure.plain === null ? '-' : String(figure.plain),
      `${figure.value} ${figure.unit}`.trim(),
      figure.goal,
      figure.met ? 'met' : 'NOT MET',
    ]),
  ]
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map(row => row[column]?.length ?? 0)))
  for (const row of rows)
    process.stdout.write(`${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}\n`)
}
