import { LunaError } from '@luna/contracts'
import { degrees, radians } from '../angle.ts'
import type { Frame } from './frame.ts'

/** Degrees; north and east are positive. */
export interface Coordinates {
  latitude: number
  longitude: number
}

/** Closer to a pole the ecliptic may lie along the horizon, and no point of it rises. */
const highestLatitude = 89

/** @throws LunaError `invalid` for what is no place on Earth, or within a degree of a pole */
export function checkCoordinates({ latitude, longitude }: Coordinates): void {
  if (!(Math.abs(latitude) <= highestLatitude) || !(Math.abs(longitude) <= 180))
    throw new LunaError(
      'invalid',
      `A place has a latitude from -${highestLatitude} to ${highestLatitude} and a longitude from -180 to 180 degrees; found ${latitude}, ${longitude}.`,
    )
}

/**
 * The sidereal longitudes of the ecliptic points that rise (ascendant) and culminate (midheaven): Meeus, Astronomical
 * Algorithms, 2nd ed., chapters 13 and 14. Of the two points on the horizon the eastern one rises; within the polar
 * circles the formula may give the other. Degrees.
 */
export function anglesAt(frame: Frame, place: Coordinates): { ascendant: number; midheaven: number } {
  checkCoordinates(place)
  const meridian = radians(frame.siderealTime + place.longitude)
  const obliquity = radians(frame.obliquity)
  const onHorizon = Math.atan2(
    Math.cos(meridian),
    -(Math.sin(meridian) * Math.cos(obliquity) + Math.tan(radians(place.latitude)) * Math.sin(obliquity)),
  )
  const rightAscension = Math.atan2(Math.sin(onHorizon) * Math.cos(obliquity), Math.cos(onHorizon))
  const isEastern = Math.sin(meridian - rightAscension) < 0
  const culminating = Math.atan2(Math.sin(meridian), Math.cos(meridian) * Math.cos(obliquity))
  return {
    ascendant: frame.sidereal(degrees(onHorizon) + (isEastern ? 0 : 180)),
    midheaven: frame.sidereal(degrees(culminating)),
  }
}
