import { Body, Observer, SearchAltitude } from 'astronomy-engine'
import { normalize } from '../angle.ts'
import type { Coordinates } from '../positions/angles.ts'
import type { Body as GrahaBody } from '../zodiac/grahas.ts'
import { bodies } from '../zodiac/grahas.ts'
import { type Nakshatra, nakshatraOf } from '../zodiac/nakshatras.ts'

const tithiNames = [
  'Pratipada',
  'Dwitiya',
  'Tritiya',
  'Chaturthi',
  'Panchami',
  'Shashthi',
  'Saptami',
  'Ashtami',
  'Navami',
  'Dashami',
  'Ekadashi',
  'Dwadashi',
  'Trayodashi',
  'Chaturdashi',
] as const

const yogaNames = [
  'Vishkambha',
  'Priti',
  'Ayushman',
  'Saubhagya',
  'Shobhana',
  'Atiganda',
  'Sukarma',
  'Dhriti',
  'Shula',
  'Ganda',
  'Vriddhi',
  'Dhruva',
  'Vyaghata',
  'Harshana',
  'Vajra',
  'Siddhi',
  'Vyatipata',
  'Variyana',
  'Parigha',
  'Shiva',
  'Siddha',
  'Sadhya',
  'Shubha',
  'Shukla',
  'Brahma',
  'Indra',
  'Vaidhriti',
] as const

const movingKaranas = ['Bava', 'Balava', 'Kaulava', 'Taitila', 'Gara', 'Vanija', 'Vishti'] as const
const fixedKaranas = ['Shakuni', 'Chatushpada', 'Naga'] as const

const varas = ['Ravivara', 'Somavara', 'Mangalavara', 'Budhavara', 'Guruvara', 'Shukravara', 'Shanivara'] as const
const weekdays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const

export interface Tithi {
  /** 1 to 30, from new moon to new moon. */
  number: number
  name: string
  paksha: 'Shukla' | 'Krishna'
}

/** The lunar day: 12° of elongation of the Moon from the Sun each. */
export function tithiOf(sun: number, moon: number): Tithi {
  const index = Math.min(Math.floor(normalize(moon - sun) / 12), 29)
  const named = index === 14 ? 'Purnima' : index === 29 ? 'Amavasya' : (tithiNames[index % 15] as string)
  return { number: index + 1, name: named, paksha: index < 15 ? 'Shukla' : 'Krishna' }
}

/** Half a tithi: seven that return eight times, and four that come once a month about the new moon. */
export function karanaOf(sun: number, moon: number): { number: number; name: string } {
  const index = Math.min(Math.floor(normalize(moon - sun) / 6), 59)
  const name =
    index === 0
      ? 'Kimstughna'
      : index > 56
        ? (fixedKaranas[index - 57] as string)
        : (movingKaranas[(index - 1) % 7] as string)
  return { number: index + 1, name }
}

/** The sum of the longitudes of Sun and Moon, in parts of 13°20′. */
export function yogaOf(sun: number, moon: number): { number: number; name: string } {
  const index = Math.min(Math.floor((normalize(sun + moon) * 27) / 360), 26)
  return { number: index + 1, name: yogaNames[index] as string }
}

export interface Vara {
  name: string
  weekday: string
  lord: GrahaBody
  /** The sunrise from which the day is counted; null where the Sun did not rise and the civil day stands in. */
  sunrise: Date | null
}

const day = 86_400_000

/** The last sunrise up to an instant, of the middle of the disc and without refraction; null where there was none within a day. */
function sunriseBefore(instant: Date, { latitude, longitude }: Coordinates): Date | null {
  const observer = new Observer(latitude, longitude, 0)
  const riseAfter = (from: number) => SearchAltitude(Body.Sun, observer, 1, new Date(from), 1.1, 0)?.date ?? null
  const first = riseAfter(instant.getTime() - 1.02 * day)
  if (first === null || first > instant) return null
  const second = riseAfter(first.getTime() + day / 2)
  return second !== null && second <= instant ? second : first
}

/** The weekday from sunrise to sunrise. `offsetMs` is that of the local clock from UTC. */
export function varaAt(instant: Date, place: Coordinates, offsetMs: number): Vara {
  const rise = sunriseBefore(instant, place)
  const civil = new Date((rise ?? instant).getTime() + offsetMs)
  const index = (((Math.floor(civil.getTime() / day) + 4) % 7) + 7) % 7
  return {
    name: varas[index] as string,
    weekday: weekdays[index] as string,
    lord: bodies[index] as GrahaBody,
    sunrise: rise,
  }
}

/** The five limbs of the day. */
export interface Panchanga {
  tithi: Tithi
  vara: Vara
  nakshatra: Nakshatra
  yoga: { number: number; name: string }
  karana: { number: number; name: string }
}

export const panchangaAt = (
  instant: Date,
  place: Coordinates,
  offsetMs: number,
  sun: number,
  moon: number,
): Panchanga => ({
  tithi: tithiOf(sun, moon),
  vara: varaAt(instant, place, offsetMs),
  nakshatra: nakshatraOf(moon),
  yoga: yogaOf(sun, moon),
  karana: karanaOf(sun, moon),
})
