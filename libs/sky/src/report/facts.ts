import { sexagesimal } from '../angle.ts'
import { aspectsOf } from '../chart/aspects.ts'
import { type BirthChart, inHouse, signOfHouse } from '../chart/birth-chart.ts'
import { type DashaPeriod, mahadashas, runningPeriods } from '../dasha/vimshottari.ts'
import { divisionalSign } from '../divisions/divisions.ts'
import type { Panchanga } from '../panchanga/panchanga.ts'
import { yogasOf } from '../yogas/yogas.ts'
import { grahaNames, grahas } from '../zodiac/grahas.ts'
import { sign } from '../zodiac/signs.ts'
import {
  dayText,
  honestyText,
  houseMatters,
  lordsText,
  methodText,
  nakshatraText,
  pointText,
  stateText,
} from './words.ts'

export interface FactsInput {
  chart: BirthChart
  panchanga: Panchanga
  /** For "now": which periods run. */
  at: Date
  /** Whose chart, as the person calls it. */
  name?: string
}

/**
 * The chart as sentences a language model can answer from: every position, house, period and yoga that it may speak of,
 * and what it must not claim. About 700 tokens.
 */
export function chartFacts({ chart, panchanga, at, name }: FactsInput): string {
  const cycle = mahadashas(chart.instant, chart.grahas.moon.longitude)
  const running = runningPeriods(cycle, at)
  const lines = [
    `Vedic birth chart${name ? ` of ${name}` : ''}, born ${chart.instant.toISOString().slice(0, 16)}Z at ${chart.place.latitude}, ${chart.place.longitude}.`,
    `Ascendant (lagna): ${pointText(chart.ascendant)}, ${nakshatraText(chart.ascendant)}; lord ${grahaNames[chart.ascendant.sign.lord].english}. Moon sign (rashi): ${chart.grahas.moon.sign.english}. Birth star: ${nakshatraText(chart.grahas.moon)}.`,
    'Grahas (sidereal position; nakshatra and pada; house; state; navamsha sign; houses it looks at):',
    ...grahas.map(graha => {
      const placement = chart.grahas[graha]
      const looks = aspectsOf(graha).map(count => ((placement.house + count - 2) % 12) + 1)
      return `- ${grahaNames[graha].english}: ${pointText(placement)}; ${nakshatraText(placement)}; house ${placement.house}; ${stateText(placement)}; D9 ${sign(divisionalSign(placement.longitude, 9)).english}; looks at ${looks.join(', ')}`
    }),
    'Houses (sign, lord, what stands there, matters):',
    ...houseMatters.map((matters, index) => {
      const { english, lord } = signOfHouse(chart, index + 1)
      const there = inHouse(chart, index + 1).map(({ graha }) => grahaNames[graha].english)
      return `- ${index + 1}: ${english}, lord ${grahaNames[lord].english} in house ${chart.grahas[lord].house}; ${there.length > 0 ? there.join(', ') : 'empty'}; ${matters}`
    }),
    `Panchanga at birth: ${panchangaText(panchanga)}.`,
    `Vimshottari mahadashas: ${cycle.map(periodText).join('; ')}.`,
    running.length > 0
      ? `Running on ${dayText(at)}: ${running.map(period => `${lordsText(period)} until ${dayText(period.end)}`).join('; ')}.`
      : `On ${dayText(at)} no period of this cycle of 120 years runs.`,
    `Yogas found: ${
      yogasOf(chart)
        .map(yoga => `${yoga.name} (${yoga.because})`)
        .join('; ') || 'none of those looked for'
    }.`,
    `Method: ${methodText(chart.node)} Ayanamsa here ${sexagesimal(chart.ayanamsa)}.`,
    `Answer from these facts alone; what is not in them is not known. ${honestyText}`,
  ]
  return lines.join('\n')
}

const periodText = (period: DashaPeriod): string =>
  `${lordsText(period)} ${dayText(period.start)} to ${dayText(period.end)}`

export const panchangaText = ({ tithi, vara, nakshatra, yoga, karana }: Panchanga): string =>
  `tithi ${tithi.paksha} ${tithi.name}, ${vara.name} (${vara.weekday}), nakshatra ${nakshatra.name} ${nakshatra.pada}, yoga ${yoga.name}, karana ${karana.name}`
