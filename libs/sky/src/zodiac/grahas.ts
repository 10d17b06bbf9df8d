/** The seven grahas that are bodies. */
export const bodies = ['sun', 'moon', 'mars', 'mercury', 'jupiter', 'venus', 'saturn'] as const
export type Body = (typeof bodies)[number]

/** The nine grahas in the order of the weekdays, then the two nodes of the Moon's orbit. */
export const grahas = [...bodies, 'rahu', 'ketu'] as const
export type Graha = (typeof grahas)[number]

export interface GrahaNames {
  english: string
  sanskrit: string
  /** Two letters for charts. */
  short: string
}

export const grahaNames: Readonly<Record<Graha, GrahaNames>> = {
  sun: { english: 'Sun', sanskrit: 'Surya', short: 'Su' },
  moon: { english: 'Moon', sanskrit: 'Chandra', short: 'Mo' },
  mars: { english: 'Mars', sanskrit: 'Mangala', short: 'Ma' },
  mercury: { english: 'Mercury', sanskrit: 'Budha', short: 'Me' },
  jupiter: { english: 'Jupiter', sanskrit: 'Guru', short: 'Ju' },
  venus: { english: 'Venus', sanskrit: 'Shukra', short: 'Ve' },
  saturn: { english: 'Saturn', sanskrit: 'Shani', short: 'Sa' },
  rahu: { english: 'Rahu', sanskrit: 'Rahu', short: 'Ra' },
  ketu: { english: 'Ketu', sanskrit: 'Ketu', short: 'Ke' },
}
