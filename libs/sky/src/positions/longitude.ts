import { Body as AstroBody, Ecliptic, EclipticGeoMoon, GeoVector } from 'astronomy-engine'
import { arc, normalize } from '../angle.ts'
import type { Body, Graha } from '../zodiac/grahas.ts'
import { type Frame, frameAt } from './frame.ts'
import { type Node, rahuLongitude } from './node.ts'

const astroBodies: Readonly<Record<Exclude<Body, 'moon'>, AstroBody>> = {
  sun: AstroBody.Sun,
  mars: AstroBody.Mars,
  mercury: AstroBody.Mercury,
  jupiter: AstroBody.Jupiter,
  venus: AstroBody.Venus,
  saturn: AstroBody.Saturn,
}

/** Apparent geocentric sidereal longitude (light time and aberration allowed for), in [0, 360) degrees. */
export function longitudeOf(graha: Graha, frame: Frame, node: Node = 'mean'): number {
  if (graha === 'rahu') return rahuLongitude(frame, node)
  if (graha === 'ketu') return normalize(rahuLongitude(frame, node) + 180)
  if (graha === 'moon') return frame.sidereal(EclipticGeoMoon(frame.time).lon)
  return frame.sidereal(Ecliptic(GeoVector(astroBodies[graha], frame.time, true)).elon)
}

const halfHour = 1_800_000

/** The frames half an hour before and after an instant, between which speeds are measured. */
export const framesAbout = (instant: Date): readonly [Frame, Frame] => [
  frameAt(new Date(instant.getTime() - halfHour)),
  frameAt(new Date(instant.getTime() + halfHour)),
]

/** Degrees a day, negative when retrograde: the way within the hour between two frames. */
export const speedOf = (graha: Graha, [before, after]: readonly [Frame, Frame], node: Node = 'mean'): number =>
  arc(longitudeOf(graha, before, node), longitudeOf(graha, after, node)) * 24
