import lookup from '@photostructure/tz-lookup'
import { type Coordinates, checkCoordinates } from '../positions/angles.ts'

/**
 * The IANA time zone of a place, from a map of zones that is coarse within some kilometres of their borders.
 * @throws LunaError `invalid` for what is no place on Earth
 */
export function zoneAt(place: Coordinates): string {
  checkCoordinates(place)
  return lookup(place.latitude, place.longitude)
}
