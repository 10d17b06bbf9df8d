import { sign } from '../zodiac/signs.ts'
import type { ChartDrawing } from './chart-drawing.ts'
import { document, occupantsIn, type Room, size, text } from './svg.ts'

const half = size / 2

/** Houses stand still, the first in the diamond at the top, on against the clock. */
const houses: readonly (Room & { signX: number; signY: number })[] = [
  { x: 200, y: 88, rows: 6, signX: 200, signY: 180 },
  { x: 100, y: 34, rows: 3, signX: 100, signY: 84 },
  { x: 36, y: 100, rows: 5, signX: 86, signY: 100 },
  { x: 100, y: 192, rows: 6, signX: 180, signY: 200 },
  { x: 36, y: 300, rows: 5, signX: 86, signY: 300 },
  { x: 100, y: 368, rows: 3, signX: 100, signY: 316 },
  { x: 200, y: 312, rows: 6, signX: 200, signY: 220 },
  { x: 300, y: 368, rows: 3, signX: 300, signY: 316 },
  { x: 364, y: 300, rows: 5, signX: 314, signY: 300 },
  { x: 300, y: 192, rows: 6, signX: 220, signY: 200 },
  { x: 364, y: 100, rows: 5, signX: 314, signY: 100 },
  { x: 300, y: 34, rows: 3, signX: 300, signY: 84 },
]

const lines = [
  `M0 0H${size}V${size}H0Z`,
  `M0 0L${size} ${size}M${size} 0L0 ${size}`,
  `M${half} 0L${size} ${half}L${half} ${size}L0 ${half}Z`,
].join('')

/** The chart as northern India draws it: fixed houses, each with the number of its sign (1 Aries to 12 Pisces). */
export function northIndianSvg(drawing: ChartDrawing, id = 'chart'): string {
  const cells = houses.map((room, index) => {
    const at = sign(drawing.ascendant + index).index
    const rising = index === 0 ? text(200, 22, 'rising', 'As') : ''
    const number = text(room.signX, room.signY, 'sign', String(at + 1))
    return rising + number + occupantsIn(room, drawing.occupants[at] ?? [])
  })
  return document(drawing, id, `<path class="line" d="${lines}"/>${cells.join('')}`)
}
