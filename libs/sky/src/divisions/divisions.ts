import { degreesInSign, isOddSign, sign, signIndexOf } from '../zodiac/signs.ts'

/** The sixteen divisional charts of the Brihat Parashara Hora Shastra, chapter 6: into how many parts a sign falls. */
export const divisions = [1, 2, 3, 4, 7, 9, 10, 12, 16, 20, 24, 27, 30, 40, 45, 60] as const
export type Division = (typeof divisions)[number]

export const divisionNames: Readonly<Record<Division, { name: string; about: string }>> = {
  1: { name: 'Rashi', about: 'the whole of life' },
  2: { name: 'Hora', about: 'means' },
  3: { name: 'Drekkana', about: 'brothers and sisters' },
  4: { name: 'Chaturthamsha', about: 'home and property' },
  7: { name: 'Saptamsha', about: 'children' },
  9: { name: 'Navamsha', about: 'partnership and inner strength' },
  10: { name: 'Dashamsha', about: 'work and standing' },
  12: { name: 'Dwadashamsha', about: 'parents' },
  16: { name: 'Shodashamsha', about: 'vehicles and comforts' },
  20: { name: 'Vimshamsha', about: 'devotion' },
  24: { name: 'Chaturvimshamsha', about: 'learning' },
  27: { name: 'Saptavimshamsha', about: 'strength and weakness' },
  30: { name: 'Trimshamsha', about: 'difficulties' },
  40: { name: 'Khavedamsha', about: 'the mother’s line' },
  45: { name: 'Akshavedamsha', about: 'the father’s line' },
  60: { name: 'Shashtyamsha', about: 'what lies behind everything' },
}

/** Degrees up to which a part of an odd sign goes, and the sign it maps to; in even signs from the other end. */
const trimshamsha = {
  odd: [
    [5, 0],
    [10, 10],
    [18, 8],
    [25, 2],
    [30, 6],
  ],
  even: [
    [5, 1],
    [12, 5],
    [20, 11],
    [25, 9],
    [30, 7],
  ],
} as const

/** First signs by movable, fixed and dual. */
const byQuality = (index: number, movable: number, fixed: number, dual: number): number =>
  [movable, fixed, dual][index % 3] as number

/**
 * The number (0 to 11) of the sign that a longitude falls into in a divisional chart, by the rules of Parashara (hora:
 * Sun and Moon; drekkana: trines; trimshamsha: unequal parts).
 */
export function divisionalSign(longitude: number, division: Division): number {
  const from = signIndexOf(longitude)
  const within = degreesInSign(longitude)
  const part = Math.min(Math.floor((within * division) / 30), division - 1)
  const odd = isOddSign(from)
  switch (division) {
    case 1:
      return from
    case 2:
      return odd === (part === 0) ? 4 : 3
    case 3:
      return sign(from + part * 4).index
    case 4:
      return sign(from + part * 3).index
    case 7:
      return sign((odd ? from : from + 6) + part).index
    case 9:
      return sign(byQuality(from, from, from + 8, from + 4) + part).index
    case 10:
      return sign((odd ? from : from + 8) + part).index
    case 12:
    case 60:
      return sign(from + part).index
    case 16:
    case 45:
      return sign(byQuality(from, 0, 4, 8) + part).index
    case 20:
      return sign(byQuality(from, 0, 8, 4) + part).index
    case 24:
      return sign((odd ? 4 : 3) + part).index
    case 27:
      return sign((from % 4) * 3 + part).index
    case 30:
      return (trimshamsha[odd ? 'odd' : 'even'].find(([end]) => within < end) ?? [30, 0])[1]
    case 40:
      return sign((odd ? 0 : 6) + part).index
  }
}
