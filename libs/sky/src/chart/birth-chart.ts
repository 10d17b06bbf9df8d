import { arc } from '../angle.ts'
import { type Bhava, bhavas, wholeSignHouse } from '../houses/houses.ts'
import { anglesAt, type Coordinates } from '../positions/angles.ts'
import { frameAt } from '../positions/frame.ts'
import { framesAbout, longitudeOf, speedOf } from '../positions/longitude.ts'
import type { Node } from '../positions/node.ts'
import { type Graha, grahas } from '../zodiac/grahas.ts'
import { type Nakshatra, nakshatraOf } from '../zodiac/nakshatras.ts'
import { degreesInSign, type Sign, sign, signIndexOf } from '../zodiac/signs.ts'
import { type Dignity, dignityOf, isCombust } from './dignity.ts'

/** A point of the sidereal zodiac. */
export interface Point {
  /** Degrees in [0, 360) from the start of sidereal Aries. */
  longitude: number
  sign: Sign
  /** Degrees within the sign. */
  degrees: number
  nakshatra: Nakshatra
}

export interface Placement extends Point {
  graha: Graha
  /** Degrees a day. */
  speed: number
  retrograde: boolean
  /** Whole signs from the ascendant, 1 to 12. */
  house: number
  dignity: Dignity
  combust: boolean
}

export interface BirthChart {
  instant: Date
  place: Coordinates
  node: Node
  /** Lahiri without nutation, degrees. */
  ayanamsa: number
  ascendant: Point
  midheaven: Point
  grahas: Readonly<Record<Graha, Placement>>
  /** By Sripati (Porphyry), for the bhava chart. */
  bhavas: readonly Bhava[]
}

export const pointAt = (longitude: number): Point => ({
  longitude,
  sign: sign(signIndexOf(longitude)),
  degrees: degreesInSign(longitude),
  nakshatra: nakshatraOf(longitude),
})

/**
 * The sidereal chart of an instant and a place: Lahiri ayanamsa, houses by whole signs, Rahu by the mean node unless said
 * otherwise.
 * @throws LunaError `invalid` for years and places that can not be computed
 */
export function birthChart(instant: Date, place: Coordinates, node: Node = 'mean'): BirthChart {
  const frame = frameAt(instant)
  const { ascendant, midheaven } = anglesAt(frame, place)
  const sun = longitudeOf('sun', frame)
  const about = framesAbout(instant)
  const placements = grahas.map((graha): Placement => {
    const longitude = longitudeOf(graha, frame, node)
    const speed = speedOf(graha, about, node)
    const retrograde = speed < 0
    return {
      ...pointAt(longitude),
      graha,
      speed,
      retrograde,
      house: wholeSignHouse(longitude, ascendant),
      dignity: dignityOf(graha, longitude),
      combust: graha !== 'sun' && isCombust(graha, arc(sun, longitude), retrograde),
    }
  })
  return {
    instant,
    place: { latitude: place.latitude, longitude: place.longitude },
    node,
    ayanamsa: frame.ayanamsa,
    ascendant: pointAt(ascendant),
    midheaven: pointAt(midheaven),
    grahas: Object.fromEntries(placements.map(placement => [placement.graha, placement])) as Record<Graha, Placement>,
    bhavas: bhavas(ascendant, midheaven, 'sripati'),
  }
}

/** The grahas in a house, in their usual order. */
export const inHouse = (chart: BirthChart, house: number): Placement[] =>
  grahas.map(graha => chart.grahas[graha]).filter(placement => placement.house === house)

/** The sign of a house. */
export const signOfHouse = (chart: BirthChart, house: number): Sign => sign(chart.ascendant.sign.index + house - 1)
