import type { Graha } from '../zodiac/grahas.ts'

const special: Readonly<Partial<Record<Graha, readonly number[]>>> = {
  mars: [4, 8],
  jupiter: [5, 9],
  saturn: [3, 10],
}

/** The houses, counted from its own as 1, that a graha looks at in full: the seventh, and those of its own. Nodes: the seventh. */
export const aspectsOf = (graha: Graha): readonly number[] => [7, ...(special[graha] ?? [])].toSorted((a, b) => a - b)
