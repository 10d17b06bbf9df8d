import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { karanaOf, tithiOf, varaAt, yogaOf } from './panchanga.ts'

const longitudes = fc.double({ min: 0, max: 360, maxExcluded: true, noNaN: true })

describe('the limbs of the day', () => {
  test('a tithi is two karanas, whatever the longitudes', () => {
    fc.assert(
      fc.property(longitudes, longitudes, (sun, moon) => {
        const [tithi, karana] = [tithiOf(sun, moon), karanaOf(sun, moon)]
        expect(Math.ceil(karana.number / 2)).toBe(tithi.number)
        expect(yogaOf(sun, moon).number).toBe(yogaOf(moon, sun).number)
      }),
      { numRuns: 500 },
    )
  })

  test.each([
    [0, 0.1, 'Pratipada', 'Shukla', 'Kimstughna'],
    [0, 7, 'Pratipada', 'Shukla', 'Bava'],
    [0, 179, 'Purnima', 'Shukla', 'Bava'],
    [0, 181, 'Pratipada', 'Krishna', 'Balava'],
    [0, 343, 'Chaturdashi', 'Krishna', 'Shakuni'],
    [0, 350, 'Amavasya', 'Krishna', 'Chatushpada'],
    [0, 359.9, 'Amavasya', 'Krishna', 'Naga'],
    [350, 2, 'Dwitiya', 'Shukla', 'Balava'],
  ])('Sun %d°, Moon %d°: %s of the %s half, %s', (sun, moon, name, paksha, karana) => {
    expect(tithiOf(sun, moon)).toMatchObject({ name, paksha })
    expect(karanaOf(sun, moon).name).toBe(karana)
  })

  test('each month has sixty karanas: four once, seven eight times', () => {
    const names = Array.from({ length: 60 }, (_, index) => karanaOf(0, index * 6 + 3).name)
    const counts = names.reduce((map, name) => map.set(name, (map.get(name) ?? 0) + 1), new Map<string, number>())
    expect([...counts.values()].toSorted((a, b) => a - b)).toEqual([1, 1, 1, 1, 8, 8, 8, 8, 8, 8, 8])
  })

  test('where the Sun stays down the civil day stands in', () => {
    const vara = varaAt(new Date('2025-12-25T11:00:00Z'), { latitude: 78.2, longitude: 15.6 }, 3_600_000)
    expect(vara).toMatchObject({ weekday: 'Thursday', sunrise: null })
  })
})
