import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { arc } from '../angle.ts'
import { type DashaPeriod, mahadashas, runningPeriods, subperiods } from '../dasha/vimshottari.ts'
import { panchangaAt } from '../panchanga/panchanga.ts'
import { frameAt } from '../positions/frame.ts'
import { framesAbout, longitudeOf, speedOf } from '../positions/longitude.ts'
import { signChange } from '../transits/transits.ts'
import { type Graha, grahas } from '../zodiac/grahas.ts'
import { sign, signIndexOf } from '../zodiac/signs.ts'
import { birthChart } from './birth-chart.ts'

interface Span {
  name: string
  paksha?: string
  start: string
  end: string
}

interface Published {
  positions: {
    utc: string
    latitude: number
    longitude: number
    grahas: Record<Graha, number>
    retrograde: Graha[]
    ascendant: number
    panchanga: {
      weekday: string
      sunrise: string
      nakshatra: Span
      tithi: Span
      karana: Span
      yoga: Span
    }
  }
  periods: {
    utc: string
    latitude: number
    longitude: number
    nakshatra: string
    pada: number
    starts: { lords: Graha[]; start: string }[]
  }[]
  signChanges: { changes: { graha: Graha; from: string; enters: string; sign: string }[] }
}

const published = JSON.parse(
  readFileSync(new URL('../../tests/fixtures/published-charts.json', import.meta.url), 'utf8'),
) as Published

const minutesOff = (expected: number, found: number) => Math.abs(arc(expected, found)) * 60
const [second, day] = [1000, 86_400_000]
const kolkata = 5.5 * 3_600_000

describe('a published chart', () => {
  const { positions } = published
  const chart = birthChart(new Date(positions.utc), positions)

  test.each(grahas)('%s within an arc-minute', graha => {
    expect(minutesOff(positions.grahas[graha], chart.grahas[graha].longitude)).toBeLessThan(1)
    expect(chart.grahas[graha].retrograde).toBe(positions.retrograde.includes(graha))
  })

  test('ascendant within three arc-minutes', () => {
    expect(minutesOff(positions.ascendant, chart.ascendant.longitude)).toBeLessThan(3)
  })

  const { weekday, sunrise, ...spans } = positions.panchanga
  const panchangaOn = (time: number) => {
    const frame = frameAt(new Date(time))
    return panchangaAt(new Date(time), positions, kolkata, longitudeOf('sun', frame), longitudeOf('moon', frame))
  }

  test.each(['nakshatra', 'tithi', 'karana', 'yoga'] as const)(
    'its %s, from two minutes after its start to two minutes before its end',
    limb => {
      const { name, start, end } = spans[limb]
      const [from, to] = [Date.parse(start), Date.parse(end)]
      for (const time of [from + 120 * second, Date.parse(positions.utc), to - 120 * second])
        expect(panchangaOn(time)[limb].name).toBe(name)
      expect(panchangaOn(from - 120 * second)[limb].name).not.toBe(name)
      expect(panchangaOn(to + 120 * second)[limb].name).not.toBe(name)
    },
  )

  test('its weekday, from a sunrise within a minute', () => {
    const { vara, tithi } = panchangaOn(Date.parse(positions.utc))
    expect(vara.weekday).toBe(weekday)
    expect(vara.lord).toBe('mars')
    expect(Math.abs((vara.sunrise?.getTime() ?? 0) - Date.parse(sunrise))).toBeLessThan(60 * second)
    expect(tithi.paksha).toBe(spans.tithi.paksha)
    expect(panchangaOn(Date.parse(sunrise) - 120 * second).vara.weekday).toBe('Monday')
  })
})

describe.each(published.periods)('published periods of a birth on $utc', reference => {
  const chart = birthChart(new Date(reference.utc), reference)
  const cycle = mahadashas(chart.instant, chart.grahas.moon.longitude)

  test('nakshatra and pada', () => {
    expect(chart.grahas.moon.nakshatra).toMatchObject({ name: reference.nakshatra, pada: reference.pada })
  })

  test.each(reference.starts)('$lords begins within 12 days of $start', ({ lords, start }) => {
    let among: readonly DashaPeriod[] = cycle
    let found: DashaPeriod | undefined
    for (const lord of lords) {
      found = among.find(period => period.lord === lord)
      among = found ? subperiods(found) : []
    }
    expect(found?.lords).toEqual(lords)
    expect(Math.abs((found?.start.getTime() ?? 0) - Date.parse(start)) / day).toBeLessThan(12)
    const running = runningPeriods(cycle, new Date(Date.parse(start) + 13 * day))
    expect(running[0]?.lord).toBe(lords[0])
  })
})

describe('changes of sign', () => {
  test.each(published.signChanges.changes)('$graha enters $sign on $enters', ({ graha, from, enters, sign: name }) => {
    const found = signChange(graha, new Date(from))
    // The time in which it moves an arc-minute.
    const minute = day / 60 / Math.max(Math.abs(speedOf(graha, framesAbout(new Date(enters)))), 0.001)
    expect(Math.abs((found?.getTime() ?? 0) - Date.parse(enters))).toBeLessThan(minute)
    expect(sign(signIndexOf(longitudeOf(graha, frameAt(found ?? new Date(0))))).english).toBe(name)
  })
})
