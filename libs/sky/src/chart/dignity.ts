import type { Graha } from '../zodiac/grahas.ts'
import { degreesInSign, sign, signIndexOf } from '../zodiac/signs.ts'

export type Dignity = 'exalted' | 'moolatrikona' | 'own' | 'friend' | 'neutral' | 'enemy' | 'debilitated'

/** Sign and degree of deepest exaltation; debilitation is opposite. Nodes: Taurus and Scorpio, as most have it. */
const exaltation: Readonly<Record<Graha, number>> = {
  sun: 0,
  moon: 1,
  mars: 9,
  mercury: 5,
  jupiter: 3,
  venus: 11,
  saturn: 6,
  rahu: 1,
  ketu: 7,
}

/** Sign, and from which degree to which. */
const moolatrikona: Readonly<Partial<Record<Graha, readonly [sign: number, from: number, to: number]>>> = {
  sun: [4, 0, 20],
  moon: [1, 3, 30],
  mars: [0, 0, 12],
  mercury: [5, 15, 20],
  jupiter: [8, 0, 10],
  venus: [6, 0, 15],
  saturn: [10, 0, 20],
}

/** Up to which degree of the sign of exaltation a graha whose own or moolatrikona it is too counts as exalted. */
const exaltedUpTo: Readonly<Partial<Record<Graha, number>>> = { moon: 3, mercury: 15 }

const friends: Readonly<Partial<Record<Graha, readonly Graha[]>>> = {
  sun: ['moon', 'mars', 'jupiter'],
  moon: ['sun', 'mercury'],
  mars: ['sun', 'moon', 'jupiter'],
  mercury: ['sun', 'venus'],
  jupiter: ['sun', 'moon', 'mars'],
  venus: ['mercury', 'saturn'],
  saturn: ['mercury', 'venus'],
}

const enemies: Readonly<Partial<Record<Graha, readonly Graha[]>>> = {
  sun: ['venus', 'saturn'],
  moon: [],
  mars: ['mercury'],
  mercury: ['moon'],
  jupiter: ['mercury', 'venus'],
  venus: ['sun', 'moon'],
  saturn: ['sun', 'moon', 'mars'],
}

/**
 * How a graha stands in the sign it is in: Brihat Parashara Hora Shastra, chapter 3 (natural friendship). The nodes rule
 * no sign: they are exalted, debilitated or neutral.
 */
export function dignityOf(graha: Graha, longitude: number): Dignity {
  const at = signIndexOf(longitude)
  const within = degreesInSign(longitude)
  if (at === exaltation[graha] && within < (exaltedUpTo[graha] ?? 30)) return 'exalted'
  if (at === (exaltation[graha] + 6) % 12) return 'debilitated'
  const [rootSign, from, to] = moolatrikona[graha] ?? [-1, 0, 0]
  if (at === rootSign && within >= from && within < to) return 'moolatrikona'
  const { lord } = sign(at)
  if (lord === graha) return 'own'
  if (friends[graha]?.includes(lord)) return 'friend'
  if (enemies[graha]?.includes(lord)) return 'enemy'
  return 'neutral'
}

/** Degrees from the Sun within which a graha is combust (asta), direct and retrograde: Surya Siddhanta 9. */
const combustion: Readonly<Partial<Record<Graha, readonly [direct: number, retrograde: number]>>> = {
  moon: [12, 12],
  mars: [17, 17],
  mercury: [14, 12],
  jupiter: [11, 11],
  venus: [10, 8],
  saturn: [15, 15],
}

export const isCombust = (graha: Graha, fromSun: number, retrograde: boolean): boolean =>
  Math.abs(fromSun) < (combustion[graha]?.[retrograde ? 1 : 0] ?? 0)
