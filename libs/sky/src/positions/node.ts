import { GeoMoonState, RotateState, Rotation_EQJ_ECT } from 'astronomy-engine'
import { degrees, normalize } from '../angle.ts'
import type { Frame } from './frame.ts'

/** Which ascending node of the Moon's orbit is Rahu. */
export type Node = 'mean' | 'true'

/** Mean longitude of the ascending node from the mean equinox of date: Meeus, Astronomical Algorithms, 2nd ed., 47.7. */
function meanNode(frame: Frame): number {
  const t = frame.time.tt / 36525
  return 125.0445479 + (((-t / 60616000 + 1 / 467441) * t + 0.0020754) * t - 1934.1362891) * t
}

/** Where the plane of the Moon's motion at this instant cuts the ecliptic of date upwards (the osculating node). */
function trueNode(frame: Frame): number {
  const moon = RotateState(Rotation_EQJ_ECT(frame.time), GeoMoonState(frame.time))
  const x = moon.y * moon.vz - moon.z * moon.vy
  const y = moon.z * moon.vx - moon.x * moon.vz
  return degrees(Math.atan2(x, -y))
}

/** The sidereal longitude of Rahu; Ketu stands opposite. */
export const rahuLongitude = (frame: Frame, node: Node): number =>
  node === 'mean' ? normalize(meanNode(frame) - frame.ayanamsa) : frame.sidereal(trueNode(frame))
