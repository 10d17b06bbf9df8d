import { sign } from '../zodiac/signs.ts'
import type { ChartDrawing } from './chart-drawing.ts'
import { document, occupantsIn, size, text } from './svg.ts'

const cell = size / 4

/** Signs stand still, Pisces in the corner at the top left, on with the clock. Column and row by sign. */
const places: readonly (readonly [column: number, row: number])[] = [
  [1, 0],
  [2, 0],
  [3, 0],
  [3, 1],
  [3, 2],
  [3, 3],
  [2, 3],
  [1, 3],
  [0, 3],
  [0, 2],
  [0, 1],
  [0, 0],
]

/** The chart as southern India draws it: fixed signs, the ascendant's marked by a stroke and `As`. */
export function southIndianSvg(drawing: ChartDrawing, id = 'chart'): string {
  const cells = places.map(([column, row], index) => {
    const [x, y] = [column * cell, row * cell]
    const rising =
      index === drawing.ascendant
        ? `<path class="line" d="M${x} ${y + 22}L${x + 22} ${y}"/>${text(x + 84, y + 14, 'rising', 'As')}`
        : ''
    const box = `<path class="line" d="M${x} ${y}h${cell}v${cell}h${-cell}Z"/>`
    const name = text(x + cell / 2, y + cell - 11, 'sign', sign(index).sanskrit)
    return box + rising + name + occupantsIn({ x: x + cell / 2, y: y + 46, rows: 4 }, drawing.occupants[index] ?? [])
  })
  const middle = text(size / 2, size / 2, 'sign', drawing.title)
  return document(drawing, id, cells.join('') + middle)
}
