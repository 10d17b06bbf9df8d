import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { aspectsOf } from '../chart/aspects.ts'
import { birthChart } from '../chart/birth-chart.ts'
import { grahas } from '../zodiac/grahas.ts'
import { isEasyTransit } from './gochara.ts'
import { sadeSati, skyAt, transitsAt } from './transits.ts'

const chart = birthChart(new Date('2020-05-12T03:50:00Z'), { latitude: 22.6757521, longitude: 88.0495418 })

describe('transits against a natal chart', () => {
  test('at the birth itself each stands over itself, in its own houses', () => {
    for (const transit of transitsAt(chart, chart.instant)) {
      const natal = chart.grahas[transit.graha]
      expect(transit.longitude).toBe(natal.longitude)
      expect(transit.houseFromAscendant).toBe(natal.house)
      expect(transit.over).toContain(transit.graha)
      expect(transit.houseFromMoon).toBe(((natal.sign.index - chart.grahas.moon.sign.index + 12) % 12) + 1)
    }
  })

  test('a graha looks at what stands in the signs it looks at', () => {
    const saturn = transitsAt(chart, chart.instant).find(({ graha }) => graha === 'saturn')
    // Saturn in Capricorn looks at Pisces, Cancer and Libra, where nothing stands; Jupiter beside it at Taurus.
    expect(saturn?.looksAt).toEqual([])
    const jupiter = transitsAt(chart, chart.instant).find(({ graha }) => graha === 'jupiter')
    expect(jupiter?.looksAt).toEqual(['mercury', 'venus'])
    expect(aspectsOf('mars')).toEqual([4, 7, 8])
    expect(aspectsOf('rahu')).toEqual([7])
  })

  test('every graha leaves its sign within the days looked at', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1950-01-01'), max: new Date('2050-01-01'), noInvalidDate: true }),
        instant => {
          for (const { leavesSign } of skyAt(instant)) expect(leavesSign?.getTime()).toBeGreaterThan(instant.getTime())
        },
      ),
      { numRuns: 15 },
    )
  })
})

test('the three parts of sade sati', () => {
  expect([11, 12, 1, 2, 3].map(sadeSati)).toEqual([null, 'first', 'second', 'third', null])
})

test('easy and hard signs from the Moon, by Phaladeepika', () => {
  expect([...Array(12).keys()].map(index => index + 1).filter(house => isEasyTransit('jupiter', house))).toEqual([
    2, 5, 7, 9, 11,
  ])
  for (const graha of grahas) expect(isEasyTransit(graha, 11)).toBe(true)
})
