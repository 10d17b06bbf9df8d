import { describe, expect, test } from 'vitest'
import { type BirthChart, birthChart, pointAt } from '../chart/birth-chart.ts'
import { dignityOf, isCombust } from '../chart/dignity.ts'
import { wholeSignHouse } from '../houses/houses.ts'
import { type Graha, grahas } from '../zodiac/grahas.ts'
import { signs } from '../zodiac/signs.ts'
import { yogasOf } from './yogas.ts'

const at = (sign: string, degrees = 15) => signs.findIndex(({ english }) => english === sign) * 30 + degrees

/** A chart with the ascendant in Aries and every graha where it is put, the rest where they make no yoga looked for. */
function chartWith(places: Partial<Record<Graha, number>>): BirthChart {
  const real = birthChart(new Date('2000-01-01T12:00:00Z'), { latitude: 0, longitude: 0 })
  const quiet: Record<Graha, number> = {
    sun: at('Gemini'),
    moon: at('Pisces'),
    mars: at('Leo'),
    mercury: at('Taurus'),
    jupiter: at('Leo'),
    venus: at('Virgo'),
    saturn: at('Aries'),
    rahu: at('Sagittarius'),
    ketu: at('Gemini'),
  }
  const ascendant = pointAt(at('Aries'))
  const placed = grahas.map(graha => {
    const longitude = places[graha] ?? quiet[graha]
    const placement = {
      ...real.grahas[graha],
      ...pointAt(longitude),
      house: wholeSignHouse(longitude, ascendant.longitude),
      dignity: dignityOf(graha, longitude),
    }
    return [graha, placement] as const
  })
  return { ...real, ascendant, grahas: Object.fromEntries(placed) as BirthChart['grahas'] }
}

const names = (places: Partial<Record<Graha, number>>) => yogasOf(chartWith(places)).map(({ name }) => name)

describe('yogas by their rules', () => {
  test.each<[string, Partial<Record<Graha, number>>, Partial<Record<Graha, number>>]>([
    ['Gajakesari', { jupiter: at('Sagittarius') }, { jupiter: at('Capricorn') }],
    ['Jupiter’s glance on the Moon', { jupiter: at('Cancer') }, { jupiter: at('Leo') }],
    ['Budha-Aditya', { mercury: at('Gemini') }, { mercury: at('Cancer') }],
    ['Chandra-Mangala', { moon: at('Leo') }, { moon: at('Virgo') }],
    ['Ruchaka', { mars: at('Capricorn') }, { mars: at('Scorpio') }],
    ['Hamsa', { jupiter: at('Cancer') }, { jupiter: at('Pisces') }],
    ['Malavya', { venus: at('Libra') }, { venus: at('Taurus') }],
    ['Shasha', { saturn: at('Libra') }, { saturn: at('Aquarius') }],
    ['Sunapha', {}, { mars: at('Aquarius') }],
    ['Anapha', { saturn: at('Libra'), mars: at('Aquarius') }, {}],
    ['Durudhura', { mars: at('Aquarius') }, {}],
    ['Kemadruma', { saturn: at('Scorpio') }, {}],
    ['Mangala dosha', { mars: at('Scorpio') }, { mars: at('Leo') }],
    ['Raja', { moon: at('Leo'), sun: at('Leo') }, { moon: at('Leo'), jupiter: at('Capricorn') }],
  ])('%s', (name, found, missing) => {
    expect(names(found)).toContain(name)
    expect(names(missing)).not.toContain(name)
  })

  test('each tells its rule and what fulfils it', () => {
    for (const yoga of yogasOf(chartWith({ mars: at('Capricorn'), mercury: at('Gemini') }))) {
      expect(yoga.rule).not.toBe('')
      expect(yoga.because).toMatch(/[A-Z]/)
    }
  })
})

describe('dignity', () => {
  test.each<[Graha, string, number, string]>([
    ['sun', 'Aries', 10, 'exalted'],
    ['sun', 'Libra', 10, 'debilitated'],
    ['sun', 'Leo', 10, 'moolatrikona'],
    ['sun', 'Leo', 25, 'own'],
    ['moon', 'Taurus', 2, 'exalted'],
    ['moon', 'Taurus', 10, 'moolatrikona'],
    ['moon', 'Cancer', 10, 'own'],
    ['mercury', 'Virgo', 10, 'exalted'],
    ['mercury', 'Virgo', 17, 'moolatrikona'],
    ['mercury', 'Virgo', 25, 'own'],
    ['mercury', 'Pisces', 25, 'debilitated'],
    ['jupiter', 'Cancer', 5, 'exalted'],
    ['venus', 'Leo', 5, 'enemy'],
    ['saturn', 'Taurus', 5, 'friend'],
    ['mars', 'Taurus', 5, 'neutral'],
    ['rahu', 'Taurus', 5, 'exalted'],
    ['rahu', 'Leo', 5, 'neutral'],
  ])('%s in %s %d° is %s', (graha, sign, degrees, dignity) => {
    expect(dignityOf(graha, at(sign, degrees))).toBe(dignity)
  })

  test('combust within the orb of Surya Siddhanta', () => {
    expect(isCombust('mercury', 13, false)).toBe(true)
    expect(isCombust('mercury', 13, true)).toBe(false)
    expect(isCombust('saturn', -14.9, false)).toBe(true)
    expect(isCombust('rahu', 0, true)).toBe(false)
  })
})
