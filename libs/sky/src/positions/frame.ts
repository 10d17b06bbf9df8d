import { LunaError } from '@luna/contracts'
import type { AstroTime } from 'astronomy-engine'
import { e_tilt, MakeTime, SiderealTime } from 'astronomy-engine'
import { normalize } from '../angle.ts'
import { lahiriAyanamsa } from './ayanamsa.ts'

/** The years for which the models of Moon, planets and the Earth's rotation hold to an arc-minute. */
const years = { first: 1700, last: 2200 }

/** An instant and what turns directions of it into sidereal longitudes. */
export interface Frame {
  readonly time: AstroTime
  /** Lahiri, without nutation, degrees. */
  readonly ayanamsa: number
  /** Nutation in longitude, degrees. */
  readonly nutation: number
  /** True obliquity of the ecliptic, degrees. */
  readonly obliquity: number
  /** Apparent sidereal time at Greenwich, degrees. */
  readonly siderealTime: number
  /** Sidereal longitude from one that counts from the true equinox of date. */
  sidereal(tropical: number): number
}

/** @throws LunaError `invalid` outside of the years 1700 to 2200 */
export function frameAt(instant: Date): Frame {
  const year = instant.getUTCFullYear()
  if (!(year >= years.first && year <= years.last))
    throw new LunaError(
      'invalid',
      `Positions are computed for the years ${years.first} to ${years.last}, and this is ${Number.isNaN(year) ? 'no date' : year}. Give another date.`,
    )
  const time = MakeTime(instant)
  const tilt = e_tilt(time)
  const ayanamsa = lahiriAyanamsa(time.tt)
  const nutation = tilt.dpsi / 3600
  return {
    time,
    ayanamsa,
    nutation,
    obliquity: tilt.tobl,
    siderealTime: SiderealTime(time) * 15,
    sidereal: tropical => normalize(tropical - nutation - ayanamsa),
  }
}
