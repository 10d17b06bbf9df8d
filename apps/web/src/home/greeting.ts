export type DayPart = 'night' | 'morning' | 'day' | 'evening'

/** The part of the day that an hour (0 to 23) belongs to. */
export function dayPart(hour: number): DayPart {
  if (hour < 5) return 'night'
  if (hour < 11) return 'morning'
  if (hour < 18) return 'day'
  return 'evening'
}
