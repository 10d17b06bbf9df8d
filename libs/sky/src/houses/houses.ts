import { arc, normalize } from '../angle.ts'
import { signIndexOf } from '../zodiac/signs.ts'

/** The house (1 to 12) of a longitude when each sign is a house, the sign of `from` the first. */
export const wholeSignHouse = (longitude: number, from: number): number =>
  ((signIndexOf(longitude) - signIndexOf(from) + 12) % 12) + 1

/** `equal`: 30° from the ascendant. `sripati`: the quadrants between ascendant and midheaven in three (Porphyry). */
export type BhavaSystem = 'equal' | 'sripati'

/** A house as the bhava chart has it: its point in the middle is the cusp. */
export interface Bhava {
  number: number
  start: number
  middle: number
  end: number
}

/** The twelve bhavas. They meet halfway between two middles, and go once round the zodiac. */
export function bhavas(ascendant: number, midheaven: number, system: BhavaSystem): Bhava[] {
  const middles = system === 'equal' ? equalMiddles(ascendant) : porphyryMiddles(ascendant, midheaven)
  const between = (index: number) => {
    const from = middles[(index + 12) % 12] as number
    return normalize(from + arc(from, middles[(index + 13) % 12] as number) / 2)
  }
  return middles.map((middle, index) => ({ number: index + 1, start: between(index - 1), middle, end: between(index) }))
}

const equalMiddles = (ascendant: number): number[] =>
  Array.from({ length: 12 }, (_, index) => normalize(ascendant + index * 30))

function porphyryMiddles(ascendant: number, midheaven: number): number[] {
  const fourth = normalize(midheaven + 180)
  const first = arc(ascendant, fourth) / 3
  const second = (180 - arc(ascendant, fourth)) / 3
  const half = [ascendant, ascendant + first, ascendant + 2 * first, fourth, fourth + second, fourth + 2 * second]
  return [...half, ...half.map(middle => middle + 180)].map(normalize)
}

/** The bhava (1 to 12) that holds a longitude. */
export function bhavaOf(longitude: number, all: readonly Bhava[]): number {
  const found = all.find(({ start, end }) => normalize(longitude - start) < normalize(end - start))
  return found?.number ?? 1
}
