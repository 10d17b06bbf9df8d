import {
  type BirthChart,
  type DashaPeriod,
  divisionalSign,
  divisions,
  grahas,
  mahadashas,
  type Point,
  runningPeriods,
  sign,
  yogasOf,
} from '@luna/sky'
import type { ChartOfBirth } from '../birth/chart-of.ts'
import type { Birth } from '../birth/resolve-birth.ts'

const rounded = (value: number): number => Number(value.toFixed(6))

const pointData = ({ longitude, degrees, sign: in_, nakshatra }: Point) => ({
  longitude: rounded(longitude),
  sign: in_.english,
  degrees: rounded(degrees),
  nakshatra: nakshatra.name,
  pada: nakshatra.pada,
  nakshatraLord: nakshatra.lord,
})

export const periodData = ({ level, lords, start, end }: DashaPeriod) => ({
  level,
  lords,
  start: start.toISOString(),
  end: end.toISOString(),
})

const divisionData = (chart: BirthChart) =>
  Object.fromEntries(
    divisions.map(division => [
      `D${division}`,
      Object.fromEntries(
        (['ascendant', ...grahas] as const).map(of => {
          const { longitude } = of === 'ascendant' ? chart.ascendant : chart.grahas[of]
          return [of, sign(divisionalSign(longitude, division)).english]
        }),
      ),
    ]),
  )

/** The whole chart as JSON: degrees, ISO times, lower-case names of grahas. */
export function chartData({ chart, panchanga }: ChartOfBirth, birth: Birth, at: Date) {
  const cycle = mahadashas(chart.instant, chart.grahas.moon.longitude)
  return {
    birth: { ...birth.profile, utc: birth.instant.toISOString(), offset: birth.offset, basis: birth.basis },
    method: {
      zodiac: 'sidereal',
      ayanamsa: 'Lahiri',
      ayanamsaDegrees: rounded(chart.ayanamsa),
      node: chart.node,
      houses: 'whole-sign',
      dashaYearDays: 365.25,
    },
    ascendant: pointData(chart.ascendant),
    midheaven: pointData(chart.midheaven),
    grahas: grahas.map(graha => {
      const { house, speed, retrograde, dignity, combust, ...point } = chart.grahas[graha]
      return { graha, ...pointData(point), house, speed: rounded(speed), retrograde, dignity, combust }
    }),
    bhavas: chart.bhavas.map(({ number, start, middle, end }) => ({
      number,
      start: rounded(start),
      middle: rounded(middle),
      end: rounded(end),
    })),
    divisions: divisionData(chart),
    panchanga,
    mahadashas: cycle.map(periodData),
    running: runningPeriods(cycle, at).map(periodData),
    yogas: yogasOf(chart),
    notes: birth.notes,
  }
}
