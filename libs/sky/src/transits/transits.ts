import { aspectsOf } from '../chart/aspects.ts'
import { type BirthChart, type Point, pointAt } from '../chart/birth-chart.ts'
import { wholeSignHouse } from '../houses/houses.ts'
import { frameAt } from '../positions/frame.ts'
import { framesAbout, longitudeOf, speedOf } from '../positions/longitude.ts'
import { type Graha, grahas } from '../zodiac/grahas.ts'
import { signIndexOf } from '../zodiac/signs.ts'

/** A graha as it stands at an instant. */
export interface SkyPlace extends Point {
  graha: Graha
  retrograde: boolean
  /** When it next leaves the sign, forwards or backwards; null when not within the days looked at. */
  leavesSign: Date | null
}

export interface Transit extends SkyPlace {
  /** Whole signs from the natal ascendant and from the natal Moon, 1 to 12. */
  houseFromAscendant: number
  houseFromMoon: number
  /** Natal grahas in the same sign. */
  over: readonly Graha[]
  /** Natal grahas in signs that it looks at. */
  looksAt: readonly Graha[]
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

/** Where the grahas stand at an instant, and until when. */
export function skyAt(instant: Date, node: BirthChart['node'] = 'mean'): SkyPlace[] {
  const frame = frameAt(instant)
  const about = framesAbout(instant)
  return grahas.map(graha => ({
    ...pointAt(longitudeOf(graha, frame, node)),
    graha,
    retrograde: speedOf(graha, about, node) < 0,
    leavesSign: signChange(graha, instant, node),
  }))
}

/** Where the grahas of an instant stand against a natal chart. */
export function transitsAt(chart: BirthChart, instant: Date): Transit[] {
  return skyAt(instant, chart.node).map(place => {
    const countTo = (natal: Graha) => ((chart.grahas[natal].sign.index - place.sign.index + 12) % 12) + 1
    return {
      ...place,
      houseFromAscendant: wholeSignHouse(place.longitude, chart.ascendant.longitude),
      houseFromMoon: wholeSignHouse(place.longitude, chart.grahas.moon.longitude),
      over: grahas.filter(natal => countTo(natal) === 1),
      looksAt: grahas.filter(natal => aspectsOf(place.graha).includes(countTo(natal))),
    }
  })
}

/** Saturn in the twelfth, first or second sign from the natal Moon: the seven and a half years that tradition dwells on. */
export function sadeSati(saturnFromMoon: number): 'first' | 'second' | 'third' | null {
  return saturnFromMoon === 12 ? 'first' : saturnFromMoon === 1 ? 'second' : saturnFromMoon === 2 ? 'third' : null
}
