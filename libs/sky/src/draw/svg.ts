import { type ChartDrawing, describeDrawing, type Occupant } from './chart-drawing.ts'
import { escaped } from './markup.ts'

/** Both styles are drawn in a square of this size. */
export const size = 400

const style = [
  '.paper{fill:#fffdf7}',
  '.line{fill:none;stroke:#78350f;stroke-width:1.5}',
  'text{font-family:system-ui,sans-serif;fill:#1c1917;text-anchor:middle;dominant-baseline:central}',
  '.graha{font-size:13px}',
  '.sign{font-size:12px;fill:#92400e}',
  '.rising{font-size:13px;font-weight:700;fill:#9a3412}',
].join('')

export const text = (x: number, y: number, kind: 'graha' | 'sign' | 'rising', content: string): string =>
  `<text x="${x}" y="${y}" class="${kind}">${escaped(content)}</text>`

export interface Room {
  x: number
  y: number
  /** How many rows fit, and how many occupants go into one when there are more. */
  rows: number
}

/** Occupants about a middle: each with its degrees in a row of its own while there is room, else several in a row. */
export function occupantsIn({ x, y, rows }: Room, all: readonly Occupant[]): string {
  const step = 16
  const lines =
    all.length <= rows
      ? all.map(({ short, degrees }) => (degrees === undefined ? short : `${short} ${degrees}°`))
      : grouped(all, Math.ceil(all.length / rows)).map(group => group.map(({ short }) => short).join(' '))
  const top = y - ((lines.length - 1) * step) / 2
  return lines.map((line, index) => text(x, top + index * step, 'graha', line)).join('')
}

const grouped = <T>(all: readonly T[], count: number): T[][] =>
  Array.from({ length: Math.ceil(all.length / count) }, (_, index) => all.slice(index * count, (index + 1) * count))

/** A whole SVG document. `id` keeps the names of several charts on one page apart. */
export function document(drawing: ChartDrawing, id: string, body: string): string {
  const name = escaped(id)
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="-2 -2 ${size + 4} ${size + 4}" role="img" aria-labelledby="${name}-title ${name}-desc">`,
    `<title id="${name}-title">${escaped(drawing.title)}</title>`,
    `<desc id="${name}-desc">${escaped(describeDrawing(drawing))}</desc>`,
    `<style>${style}</style>`,
    `<rect class="paper" x="-2" y="-2" width="${size + 4}" height="${size + 4}"/>`,
    body,
    '</svg>',
  ].join('')
}
