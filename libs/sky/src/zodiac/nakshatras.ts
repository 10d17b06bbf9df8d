import { normalize } from '../angle.ts'
import type { Graha } from './grahas.ts'

/** The lords of the nakshatras in their order, three times round; also the order of the Vimshottari periods. */
export const nakshatraLords: readonly Graha[] = [
  'ketu',
  'venus',
  'sun',
  'moon',
  'mars',
  'rahu',
  'jupiter',
  'saturn',
  'mercury',
]

/** The 27 lunar mansions of 13°20′ each, from the start of sidereal Aries. */
export const nakshatraNames = [
  'Ashwini',
  'Bharani',
  'Krittika',
  'Rohini',
  'Mrigashira',
  'Ardra',
  'Punarvasu',
  'Pushya',
  'Ashlesha',
  'Magha',
  'Purva Phalguni',
  'Uttara Phalguni',
  'Hasta',
  'Chitra',
  'Swati',
  'Vishakha',
  'Anuradha',
  'Jyeshtha',
  'Mula',
  'Purva Ashadha',
  'Uttara Ashadha',
  'Shravana',
  'Dhanishta',
  'Shatabhisha',
  'Purva Bhadrapada',
  'Uttara Bhadrapada',
  'Revati',
] as const

export interface Nakshatra {
  /** 0 Ashwini to 26 Revati. */
  index: number
  name: (typeof nakshatraNames)[number]
  /** Quarter of 3°20′, 1 to 4. */
  pada: 1 | 2 | 3 | 4
  lord: Graha
  /** How much of the mansion lies behind, in [0, 1). */
  passed: number
}

export function nakshatraOf(longitude: number): Nakshatra {
  const position = (normalize(longitude) * 27) / 360
  const index = Math.min(Math.floor(position), 26)
  const passed = Math.min(position - index, 1 - Number.EPSILON)
  return {
    index,
    name: nakshatraNames[index] as Nakshatra['name'],
    pada: (Math.floor(passed * 4) + 1) as Nakshatra['pada'],
    lord: nakshatraLords[index % 9] as Graha,
    passed,
  }
}
