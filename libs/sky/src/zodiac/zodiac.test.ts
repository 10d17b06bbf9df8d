import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { arc, normalize, sexagesimal } from '../angle.ts'
import { nakshatraLords, nakshatraNames, nakshatraOf } from './nakshatras.ts'
import { sign, signIndexOf, signs } from './signs.ts'

describe('nakshatras', () => {
  test('every boundary begins its own pada, and what lies just before it belongs to the one before', () => {
    for (let quarter = 0; quarter < 108; quarter += 1) {
      const start = (quarter * 10) / 3
      const [after, before] = [nakshatraOf(start + 1e-9), nakshatraOf(start - 1e-9)]
      expect(after).toMatchObject({ index: Math.floor(quarter / 4), pada: (quarter % 4) + 1 })
      expect(before).toMatchObject({ index: Math.floor(((quarter + 107) % 108) / 4), pada: ((quarter + 107) % 4) + 1 })
    }
  })

  test('there are 27 of 13°20′, their lords nine in turn from Ketu', () => {
    expect(new Set(nakshatraNames).size).toBe(27)
    expect(nakshatraOf(0)).toMatchObject({ name: 'Ashwini', pada: 1, lord: 'ketu' })
    expect(nakshatraOf(40)).toMatchObject({ name: 'Rohini', pada: 1, lord: 'moon' })
    expect(nakshatraOf(120)).toMatchObject({ name: 'Magha', pada: 1, lord: 'ketu' })
    expect(nakshatraOf(359.999)).toMatchObject({ name: 'Revati', pada: 4, lord: 'mercury' })
    expect(nakshatraLords).toHaveLength(9)
  })

  test('any longitude has one, whatever its turns', () => {
    fc.assert(
      fc.property(fc.double({ min: -1e6, max: 1e6, noNaN: true }), longitude => {
        const { index, pada, passed } = nakshatraOf(longitude)
        expect(index).toBeGreaterThanOrEqual(0)
        expect(index).toBeLessThan(27)
        expect(pada).toBe(Math.floor(passed * 4) + 1)
        expect(passed).toBeLessThan(1)
        expect(Math.abs(arc(((index + passed) * 360) / 27, longitude))).toBeLessThan(1e-6)
      }),
    )
  })
})

describe('signs', () => {
  test('counted round in both directions', () => {
    expect(sign(12).english).toBe('Aries')
    expect(sign(-1).english).toBe('Pisces')
    expect(signIndexOf(-0.001)).toBe(11)
    expect(signs.filter(({ lord }) => lord === 'saturn').map(({ english }) => english)).toEqual([
      'Capricorn',
      'Aquarius',
    ])
  })
})

describe('angles', () => {
  test('written down, never up into the next sign', () => {
    expect(sexagesimal(29.99999)).toBe('29°59′59″')
    expect(sexagesimal(12.582222223)).toBe('12°34′56″')
    expect(sexagesimal(0)).toBe('0°00′00″')
    expect(sexagesimal(-1.5)).toBe('-1°30′00″')
  })

  test('normalised into [0, 360), and the shorter way between', () => {
    expect(normalize(-1e-20)).toBeLessThan(360)
    expect(normalize(720)).toBe(0)
    expect(arc(350, 10)).toBe(20)
    expect(arc(10, 350)).toBe(-20)
    expect(arc(0, 180)).toBe(180)
  })
})
