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

/** Degrees a day, negative when retrograde: the way within an hour about the instant. */
export function speedOf(graha: Graha, instant: Date, node: Node = 'mean'): number {
  const at = (shift: number) => longitudeOf(graha, frameAt(new Date(instant.getTime() + shift)), node)
  return arc(at(-halfHour), at(halfHour)) * 24
}
