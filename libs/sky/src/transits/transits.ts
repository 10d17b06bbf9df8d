import { aspectsOf } from '../chart/aspects.ts'
import { type BirthChart, type Point, pointAt } from '../chart/birth-chart.ts'
import { wholeSignHouse } from '../houses/houses.ts'
import { frameAt } from '../positions/frame.ts'
import { framesAbout, longitudeOf, speedOf } from '../positions/longitude.ts'
import { type Graha, grahas } from '../zodiac/grahas.ts'
import { signIndexOf } from '../zodiac/signs.ts'

export interface Transit extends Point {
  graha: Graha
  retrograde: boolean
  /** Whole signs from the natal ascendant and from the natal Moon, 1 to 12. */
  houseFromAscendant: number
  houseFromMoon: number
  /** Natal grahas in the same sign. */
  over: readonly Graha[]
  /** Natal grahas in signs that it looks at. */
  looksAt: readonly Graha[]
  /** When it next leaves the sign, forwards or backwards; null when not within the days looked at. */
  leavesSign: Date | null
}

const day = 86_400_000
/** How far ahead a change of sign is looked for: Saturn stays up to three years. */
const ahead: Readonly<Partial<Record<Graha, readonly [days: number, step: number]>>> = {
  moon: [3, 0.5],
  saturn: [1200, 8],
  jupiter: [500, 4],
  rahu: [600, 8],
  ketu: [600, 8],
}

/** The first time after `instant` at which a graha is in another sign, to the second. */
export function signChange(graha: Graha, instant: Date, node: BirthChart['node'] = 'mean'): Date | null {
  const signAt = (time: number) => signIndexOf(longitudeOf(graha, frameAt(new Date(time)), node))
  const from = signAt(instant.getTime())
  const [days, step] = ahead[graha] ?? [260, 2]
  let before = instant.getTime()
  const last = before + days * day
  while (before < last) {
    let after = before + step * day
    if (signAt(after) !== from) {
      while (after - before > 1000) {
        const middle = Math.floor((before + after) / 2)
        if (signAt(middle) === from) before = middle
        else after = middle
      }
      return new Date(after)
    }
    before = after
  }
  return null
}

/** Where the grahas of an instant stand against a natal chart. */
export function transitsAt(chart: BirthChart, instant: Date): Transit[] {
  const frame = frameAt(instant)
  const about = framesAbout(instant)
  return grahas.map(graha => {
    const point = pointAt(longitudeOf(graha, frame, chart.node))
    const houseOf = (natal: Graha) => ((chart.grahas[natal].sign.index - point.sign.index + 12) % 12) + 1
    return {
      ...point,
      graha,
      retrograde: speedOf(graha, about, chart.node) < 0,
      houseFromAscendant: wholeSignHouse(point.longitude, chart.ascendant.longitude),
      houseFromMoon: wholeSignHouse(point.longitude, chart.grahas.moon.longitude),
      over: grahas.filter(natal => houseOf(natal) === 1),
      looksAt: grahas.filter(natal => aspectsOf(graha).includes(houseOf(natal))),
      leavesSign: signChange(graha, instant, chart.node),
    }
  })
}

/** Saturn in the twelfth, first or second sign from the natal Moon: the seven and a half years that tradition dwells on. */
export function sadeSatiAt(transits: readonly Transit[]): 'first' | 'second' | 'third' | null {
  const house = transits.find(({ graha }) => graha === 'saturn')?.houseFromMoon
  return house === 12 ? 'first' : house === 1 ? 'second' : house === 2 ? 'third' : null
}
