import type { Graha } from '../zodiac/grahas.ts'
import { nakshatraLords, nakshatraOf } from '../zodiac/nakshatras.ts'

/** Years of each period in a cycle of 120: Brihat Parashara Hora Shastra, chapter 46. */
export const dashaYears: Readonly<Record<Graha, number>> = {
  ketu: 7,
  venus: 20,
  sun: 6,
  moon: 10,
  mars: 7,
  rahu: 18,
  jupiter: 16,
  saturn: 19,
  mercury: 17,
}

/** A year is 365.25 days of 86,400 seconds, in milliseconds. */
export const dashaYear = 31_557_600_000
/** All periods of all levels are whole multiples of this: no boundary is ever rounded. */
const unit = dashaYear / 120 ** 2

/** Mahadasha, antardasha, pratyantardasha. */
export type DashaLevel = 1 | 2 | 3

export interface DashaPeriod {
  level: DashaLevel
  lord: Graha
  /** The lords from the first level down to this. */
  lords: readonly Graha[]
  start: Date
  /** Where the next begins. */
  end: Date
}

/** Lords in the order of the periods, from one on. */
const lordsFrom = (lord: Graha): readonly Graha[] => {
  const at = nakshatraLords.indexOf(lord)
  return [...nakshatraLords.slice(at), ...nakshatraLords.slice(0, at)]
}

/**
 * The nine mahadashas of the cycle in which a birth falls, from before the birth: the lord of the Moon's nakshatra
 * rules first, and as much of its period is over as the Moon has passed of the nakshatra.
 */
export function mahadashas(birth: Date, moonLongitude: number): DashaPeriod[] {
  const { lord, passed } = nakshatraOf(moonLongitude)
  const start = birth.getTime() - Math.floor(passed * dashaYears[lord] * dashaYear)
  return successive(start, lordsFrom(lord), first => dashaYears[first] * dashaYear, [])
}

/** The nine periods within one, in the proportion of their years, from that of its own lord on; none below the third level. */
export function subperiods(period: DashaPeriod): DashaPeriod[] {
  if (period.level === 3) return []
  const above = period.lords.reduce((product, lord) => product * dashaYears[lord], 1)
  const scale = period.level === 1 ? 120 * unit : unit
  return successive(
    period.start.getTime(),
    lordsFrom(period.lord),
    lord => above * dashaYears[lord] * scale,
    period.lords,
  )
}

function successive(
  from: number,
  lords: readonly Graha[],
  lengthOf: (lord: Graha) => number,
  above: readonly Graha[],
): DashaPeriod[] {
  let start = from
  return lords.map(lord => {
    const end = start + lengthOf(lord)
    const period: DashaPeriod = {
      level: (above.length + 1) as DashaLevel,
      lord,
      lords: [...above, lord],
      start: new Date(start),
      end: new Date(end),
    }
    start = end
    return period
  })
}

/** The periods of the three levels that run at an instant, the longest first; none when it lies outside of the 120 years. */
export function runningPeriods(cycle: readonly DashaPeriod[], at: Date): DashaPeriod[] {
  const running = cycle.find(({ start, end }) => start <= at && at < end)
  return running ? [running, ...runningPeriods(subperiods(running), at)] : []
}
