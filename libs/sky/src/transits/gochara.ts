import type { Graha } from '../zodiac/grahas.ts'

/** Signs from the natal Moon in which a graha passing through counts as easy: Phaladeepika, chapter 26, without its obstructions (vedha). */
const easyHouses: Readonly<Record<Graha, readonly number[]>> = {
  sun: [3, 6, 10, 11],
  moon: [1, 3, 6, 7, 10, 11],
  mars: [3, 6, 11],
  mercury: [2, 4, 6, 8, 10, 11],
  jupiter: [2, 5, 7, 9, 11],
  venus: [1, 2, 3, 4, 5, 8, 9, 11, 12],
  saturn: [3, 6, 11],
  rahu: [3, 6, 11],
  ketu: [3, 6, 11],
}

/** Whether tradition calls a transit easy, by the sign counted from the natal Moon (1 to 12). */
export const isEasyTransit = (graha: Graha, houseFromMoon: number): boolean => easyHouses[graha].includes(houseFromMoon)
