import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { arc, normalize } from '../angle.ts'
import { signIndexOf } from '../zodiac/signs.ts'
import { bhavaOf, bhavas, wholeSignHouse } from './houses.ts'

const longitudes = fc.double({ min: 0, max: 360, maxExcluded: true, noNaN: true })
/** Midheavens as they can be: 20° to 160° before the ascendant. */
const quadrants = fc.double({ min: 20, max: 160, noNaN: true })

describe('houses', () => {
  test('whole signs: the sign of the ascendant is the first, and a house is a sign', () => {
    fc.assert(
      fc.property(longitudes, longitudes, (longitude, ascendant) => {
        const house = wholeSignHouse(longitude, ascendant)
        expect((signIndexOf(ascendant) + house - 1) % 12).toBe(signIndexOf(longitude))
      }),
    )
    expect(wholeSignHouse(29.99, 0)).toBe(1)
    expect(wholeSignHouse(30, 0)).toBe(2)
    expect(wholeSignHouse(359.9, 0)).toBe(12)
  })

  test.each(['equal', 'sripati'] as const)(
    '%s bhavas go round once, opposite ones opposite, each longitude in one',
    system => {
      fc.assert(
        fc.property(longitudes, quadrants, longitudes, (ascendant, quadrant, longitude) => {
          const all = bhavas(ascendant, normalize(ascendant - quadrant), system)
          const widths = all.map(({ start, end }) => normalize(end - start))
          expect(widths.reduce((sum, width) => sum + width, 0)).toBeCloseTo(360, 6)
          all.forEach(({ end, middle }, index) => {
            expect(arc(end, all[(index + 1) % 12]?.start ?? -1)).toBeCloseTo(0, 9)
            expect(Math.abs(arc(middle, all[(index + 6) % 12]?.middle ?? -1))).toBeCloseTo(180, 6)
          })
          const holding = all.filter(({ start, end }) => normalize(longitude - start) < normalize(end - start))
          expect(holding.length).toBeGreaterThan(0)
          expect(holding.map(({ number }) => number)).toContain(bhavaOf(longitude, all))
          expect(bhavaOf(ascendant, all)).toBe(1)
        }),
        { numRuns: 300 },
      )
    },
  )
})
