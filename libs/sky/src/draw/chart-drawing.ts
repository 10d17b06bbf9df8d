import type { BirthChart } from '../chart/birth-chart.ts'
import { type Division, divisionalSign, divisionNames } from '../divisions/divisions.ts'
import { grahaNames, grahas } from '../zodiac/grahas.ts'
import { sign } from '../zodiac/signs.ts'

/** What stands in a sign, as it is written into a chart. */
export interface Occupant {
  /** `Su`, and `R` behind it when retrograde. */
  short: string
  /** Whole degrees within the sign; none in divisional charts. */
  degrees?: number
  /** For those who hear the chart: `Sun`, `Saturn retrograde`. */
  spoken: string
}

/** A chart with all positions decided, the same for both styles. */
export interface ChartDrawing {
  title: string
  /** 0 Aries to 11 Pisces: the sign of the first house. */
  ascendant: number
  /** By sign, 0 to 11. */
  occupants: readonly (readonly Occupant[])[]
}

/** What is drawn of a chart or of one of its divisions. */
export function chartDrawing(chart: BirthChart, division: Division = 1): ChartDrawing {
  const occupants: Occupant[][] = Array.from({ length: 12 }, () => [])
  for (const graha of grahas) {
    const { longitude, retrograde, degrees } = chart.grahas[graha]
    const isNode = graha === 'rahu' || graha === 'ketu'
    const back = retrograde && !isNode
    occupants[divisionalSign(longitude, division)]?.push({
      short: `${grahaNames[graha].short}${back ? ' R' : ''}`,
      spoken: `${grahaNames[graha].english}${back ? ' retrograde' : ''}`,
      ...(division === 1 && { degrees: Math.floor(degrees) }),
    })
  }
  return {
    title: division === 1 ? 'Birth chart (Rashi, D1)' : `${divisionNames[division].name} chart (D${division})`,
    ascendant: divisionalSign(chart.ascendant.longitude, division),
    occupants,
  }
}

/** The chart in words, house by house: the description of the drawing. */
export function describeDrawing({ ascendant, occupants }: ChartDrawing): string {
  const houses = Array.from({ length: 12 }, (_, index) => {
    const at = sign(ascendant + index)
    const names = (occupants[at.index] ?? []).map(({ spoken }) => spoken).join(', ')
    return `House ${index + 1}, ${at.english}: ${names === '' ? 'empty' : names}.`
  })
  return `The ascendant is in ${sign(ascendant).english}. ${houses.join(' ')}`
}
