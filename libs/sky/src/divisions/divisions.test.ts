import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { signIndexOf, signs } from '../zodiac/signs.ts'
import { divisionalSign, divisions } from './divisions.ts'

const longitudes = fc.double({ min: 0, max: 360, maxExcluded: true, noNaN: true })
const degree = (sign: string, degrees: number) => signs.findIndex(({ english }) => english === sign) * 30 + degrees
const name = (index: number) => signs[index]?.english

describe('divisional charts', () => {
  test('navamsha: one sign for each pada, running on round the zodiac nine times', () => {
    fc.assert(
      fc.property(longitudes, longitude => {
        expect(divisionalSign(longitude, 9)).toBe(Math.floor(((longitude % 360) * 9) / 30) % 12)
      }),
      { numRuns: 1000 },
    )
  })

  test('navamsha begins at the movable sign of its element: Aries, Capricorn, Libra, Cancer', () => {
    expect(signs.map(({ index }) => name(divisionalSign(index * 30, 9)))).toEqual([
      ...['Aries', 'Capricorn', 'Libra', 'Cancer'],
      ...['Aries', 'Capricorn', 'Libra', 'Cancer'],
      ...['Aries', 'Capricorn', 'Libra', 'Cancer'],
    ])
  })

  test('a division changes only at the edges of its parts', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...divisions.filter(division => division !== 30)),
        fc.integer({ min: 0, max: 11 }),
        fc.nat(59),
        fc.double({ min: 0.001, max: 0.999, noNaN: true }),
        (division, sign, part, within) => {
          const width = 30 / division
          const start = sign * 30 + (part % division) * width
          expect(divisionalSign(start + within * width, division)).toBe(divisionalSign(start + width / 2, division))
        },
      ),
      { numRuns: 1000 },
    )
  })

  // Each pair is a rule of Brihat Parashara Hora Shastra 6, worked out by hand.
  test.each([
    [2, 'Aries', 10, 'Leo'],
    [2, 'Aries', 20, 'Cancer'],
    [2, 'Taurus', 10, 'Cancer'],
    [2, 'Taurus', 20, 'Leo'],
    [3, 'Gemini', 5, 'Gemini'],
    [3, 'Gemini', 15, 'Libra'],
    [3, 'Gemini', 25, 'Aquarius'],
    [4, 'Leo', 8, 'Scorpio'],
    [4, 'Leo', 29, 'Taurus'],
    [7, 'Aries', 1, 'Aries'],
    [7, 'Taurus', 1, 'Scorpio'],
    [9, 'Taurus', 1, 'Capricorn'],
    [9, 'Gemini', 29, 'Gemini'],
    [10, 'Aries', 4, 'Taurus'],
    [10, 'Taurus', 1, 'Capricorn'],
    [12, 'Virgo', 3, 'Libra'],
    [16, 'Taurus', 1, 'Leo'],
    [16, 'Gemini', 1, 'Sagittarius'],
    [20, 'Aries', 1, 'Aries'],
    [20, 'Taurus', 1, 'Sagittarius'],
    [20, 'Gemini', 1, 'Leo'],
    [24, 'Aries', 1, 'Leo'],
    [24, 'Taurus', 1, 'Cancer'],
    [27, 'Aries', 1, 'Aries'],
    [27, 'Taurus', 1, 'Cancer'],
    [27, 'Gemini', 1, 'Libra'],
    [27, 'Cancer', 1, 'Capricorn'],
    [30, 'Aries', 4, 'Aries'],
    [30, 'Aries', 9, 'Aquarius'],
    [30, 'Aries', 17, 'Sagittarius'],
    [30, 'Aries', 24, 'Gemini'],
    [30, 'Aries', 26, 'Libra'],
    [30, 'Taurus', 4, 'Taurus'],
    [30, 'Taurus', 11, 'Virgo'],
    [30, 'Taurus', 19, 'Pisces'],
    [30, 'Taurus', 24, 'Capricorn'],
    [30, 'Taurus', 26, 'Scorpio'],
    [40, 'Aries', 1, 'Taurus'],
    [40, 'Taurus', 0.5, 'Libra'],
    [45, 'Aries', 0.5, 'Aries'],
    [45, 'Taurus', 0.5, 'Leo'],
    [45, 'Gemini', 0.5, 'Sagittarius'],
    [60, 'Gemini', 1.2, 'Leo'],
  ] as const)('D%i of %s %d° is %s', (division, sign, degrees, expected) => {
    expect(name(divisionalSign(degree(sign, degrees), division))).toBe(expected)
  })

  test('D1 is the sign itself', () => {
    fc.assert(
      fc.property(longitudes, longitude => {
        expect(divisionalSign(longitude, 1)).toBe(signIndexOf(longitude))
      }),
    )
  })
})
