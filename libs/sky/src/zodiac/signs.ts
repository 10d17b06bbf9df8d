import { normalize } from '../angle.ts'
import type { Body } from './grahas.ts'

export interface Sign {
  /** 0 Aries to 11 Pisces. */
  index: number
  english: string
  sanskrit: string
  lord: Body
  element: 'fire' | 'earth' | 'air' | 'water'
  quality: 'movable' | 'fixed' | 'dual'
}

const elements = ['fire', 'earth', 'air', 'water'] as const
const qualities = ['movable', 'fixed', 'dual'] as const

const named: readonly (readonly [english: string, sanskrit: string, lord: Body])[] = [
  ['Aries', 'Mesha', 'mars'],
  ['Taurus', 'Vrishabha', 'venus'],
  ['Gemini', 'Mithuna', 'mercury'],
  ['Cancer', 'Karka', 'moon'],
  ['Leo', 'Simha', 'sun'],
  ['Virgo', 'Kanya', 'mercury'],
  ['Libra', 'Tula', 'venus'],
  ['Scorpio', 'Vrishchika', 'mars'],
  ['Sagittarius', 'Dhanu', 'jupiter'],
  ['Capricorn', 'Makara', 'saturn'],
  ['Aquarius', 'Kumbha', 'saturn'],
  ['Pisces', 'Mina', 'jupiter'],
]

/** The twelve rashis, 30° each, from the start of sidereal Aries. */
export const signs: readonly Sign[] = named.map(([english, sanskrit, lord], index) => ({
  index,
  english,
  sanskrit,
  lord,
  element: elements[index % 4] as Sign['element'],
  quality: qualities[index % 3] as Sign['quality'],
}))

/** The sign with this number, counted round the zodiac: 12 is Aries again, -1 Pisces. */
export function sign(index: number): Sign {
  return signs[((index % 12) + 12) % 12] as Sign
}

/** The number (0 to 11) of the sign that holds a longitude. A sign begins with its first point. */
export const signIndexOf = (longitude: number): number => Math.floor(normalize(longitude) / 30)

/** Degrees within the sign, in [0, 30). */
export const degreesInSign = (longitude: number): number => normalize(longitude) % 30

/** Aries, Gemini and so on: the first, third, ... sign. */
export const isOddSign = (index: number): boolean => index % 2 === 0
