import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { arc } from '../angle.ts'
import { birthChart } from '../chart/birth-chart.ts'
import { mahadashas } from '../dasha/vimshottari.ts'
import { type Body, bodies } from '../zodiac/grahas.ts'

interface Reference {
  utc: string
  latitude: number
  longitude: number
  ayanamsa: number
  grahas: Record<Body, { longitude: number; speed: number }>
  meanNode: number
  trueNode: number
  ascendant: number
  midheaven: number
  porphyry: number[]
}

/** Computed with the Swiss Ephemeris (see `source` in the file), which shares no code or theory with astronomy-engine. */
const { charts } = JSON.parse(
  readFileSync(new URL('../../tests/fixtures/swiss-ephemeris.json', import.meta.url), 'utf8'),
) as { charts: Reference[] }

const minutesOff = (expected: number, found: number) => Math.abs(arc(expected, found)) * 60
const day = 86_400_000

describe('against the Swiss Ephemeris, 81 charts of 1850 to 2050, from pole to pole', () => {
  test('the table is whole', () => expect(charts).toHaveLength(81))

  test.each(charts)('$utc at $latitude, $longitude', reference => {
    const chart = birthChart(new Date(reference.utc), reference)
    expect(Math.abs(chart.ayanamsa - reference.ayanamsa) * 3600).toBeLessThan(0.5)
    const wrong = bodies.filter(body => {
      const { longitude, speed, retrograde } = chart.grahas[body]
      const expected = reference.grahas[body]
      const isStanding = Math.abs(expected.speed) < 0.005
      return !(
        minutesOff(expected.longitude, longitude) < 0.5 &&
        Math.abs(speed - expected.speed) < 0.005 &&
        (isStanding || retrograde === expected.speed < 0)
      )
    })
    expect(wrong).toEqual([])
    expect(minutesOff(reference.meanNode, chart.grahas.rahu.longitude)).toBeLessThan(0.02)
    expect(minutesOff(reference.meanNode + 180, chart.grahas.ketu.longitude)).toBeLessThan(0.02)
    expect(minutesOff(reference.ascendant, chart.ascendant.longitude)).toBeLessThan(0.1)
    expect(minutesOff(reference.midheaven, chart.midheaven.longitude)).toBeLessThan(0.1)
    const cusps = reference.porphyry.map((cusp, index) => minutesOff(cusp, chart.bhavas[index]?.middle ?? 0))
    expect(Math.max(...cusps)).toBeLessThan(0.1)
    const [own, theirs] = [chart.grahas.moon.longitude, reference.grahas.moon.longitude].map(moon =>
      mahadashas(chart.instant, moon),
    )
    expect(own?.map(({ lord }) => lord)).toEqual(theirs?.map(({ lord }) => lord))
    own?.forEach(({ start }, index) => {
      expect(Math.abs(start.getTime() - (theirs?.[index]?.start.getTime() ?? 0)) / day).toBeLessThan(12)
    })
    const withTrueNode = birthChart(new Date(reference.utc), reference, 'true')
    expect(minutesOff(reference.trueNode, withTrueNode.grahas.rahu.longitude)).toBeLessThan(1)
  })
})
