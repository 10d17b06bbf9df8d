import { LunaError } from '@luna/contracts'
import { dayText } from '@luna/sky'

/** The day that is asked about, `2026-11-21`, at noon in UTC; now when none is. */
export function dayAsked(day: string | undefined, now: Date): Date {
  if (day === undefined) return now
  const at = new Date(`${day}T12:00:00Z`)
  if (Number.isNaN(at.getTime()) || dayText(at) !== day)
    throw new LunaError('invalid', `A day is written as year-month-day, such as 2026-11-21; found "${day}".`)
  return at
}
