import { sexagesimal } from '../angle.ts'
import type { Placement, Point } from '../chart/birth-chart.ts'
import type { DashaPeriod } from '../dasha/vimshottari.ts'
import { grahaNames } from '../zodiac/grahas.ts'

/** `12°34′56″ Taurus`. */
export const pointText = ({ degrees, sign }: Point): string => `${sexagesimal(degrees)} ${sign.english}`

/** `Rohini 3`. */
export const nakshatraText = ({ nakshatra }: Point): string => `${nakshatra.name} ${nakshatra.pada}`

/** `exalted, retrograde, combust`; of the nodes only their dignity, since they always go back. */
export function stateText({ graha, dignity, retrograde, combust }: Placement): string {
  const isNode = graha === 'rahu' || graha === 'ketu'
  const states = [dignityText(dignity), retrograde && !isNode ? 'retrograde' : '', combust && !isNode ? 'combust' : '']
  return states.filter(state => state !== '').join(', ')
}

const dignityText = (dignity: Placement['dignity']): string =>
  ({
    exalted: 'exalted',
    moolatrikona: 'in moolatrikona',
    own: 'in own sign',
    friend: 'with a friend',
    neutral: 'neutral',
    enemy: 'with an enemy',
    debilitated: 'debilitated',
  })[dignity]

/** `Venus / Moon / Rahu`. */
export const lordsText = ({ lords }: DashaPeriod): string => lords.map(lord => grahaNames[lord].english).join(' / ')

/** The day of an instant on a clock that is off from UTC: `2026-11-21`. */
export const dayText = (instant: Date, offsetMs = 0): string =>
  new Date(instant.getTime() + offsetMs).toISOString().slice(0, 10)

/** Day and minute: `2026-11-21 14:05`. */
export const minuteText = (instant: Date, offsetMs = 0): string =>
  new Date(instant.getTime() + offsetMs).toISOString().slice(0, 16).replace('T', ' ')

/** What each house is about, in a few words. */
export const houseMatters: readonly string[] = [
  'body and self',
  'means, speech, family',
  'courage, siblings, skills',
  'home, mother, peace of mind',
  'children, learning, creativity',
  'obstacles, health, service',
  'partnership',
  'changes, inheritance, hidden things',
  'fortune, teachers, belief, father',
  'work and standing',
  'gains, friends, hopes',
  'losses, rest, far places, release',
]

export const methodText = (node: 'mean' | 'true'): string =>
  `Sidereal zodiac with the Lahiri (Chitrapaksha) ayanamsa: 23°15′00.658″ with nutation on 1956-03-21 0h TT (Indian Astronomical Ephemeris 1989), carried on by the IAU 2006 precession. Apparent geocentric positions, Rahu by the ${node} node, houses by whole signs, bhavas by Sripati (Porphyry). Vimshottari periods count years of 365.25 days from the Moon’s nakshatra.`

export const honestyText =
  'This is a traditional way of looking at a birth, for reflection and conversation. There is no evidence that it tells the future; it is no ground for decisions on health, money or law.'
