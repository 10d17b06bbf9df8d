import { LunaError } from '@luna/contracts'
import { Temporal } from 'temporal-polyfill'

/** A date and time as the clocks of a place showed it. */
export interface LocalTime {
  /** `1990-05-17`, Gregorian. */
  date: string
  /** `06:45` or `06:45:30`, 24 hours. */
  time: string
  /** IANA name, such as `Asia/Kolkata`. */
  zone: string
  /** Degrees, east positive: for the mean local time before a zone had a standard time. */
  longitude: number
  /** `+05:30`: the offset from UTC as known from a record; overrides the zone's history. */
  offset?: string | undefined
  /** Which of the two when clocks went back, or how to read a time that they jumped over: `first` by the offset before, `second` by the one after. */
  occurrence?: 'first' | 'second' | undefined
}

export interface Moment {
  instant: Date
  /** Of the local clock from UTC, milliseconds. */
  offsetMs: number
  /** `+05:30`, with seconds where there are any. */
  offset: string
  /** Where the offset comes from. */
  basis: 'zone' | 'given' | 'local-mean-time'
}

/** The instant, or a question that the person has to answer: clocks showed this time twice, or never. */
export type BirthMoment =
  | ({ kind: 'exact' } & Moment)
  | { kind: 'overlap' | 'gap'; first: Moment; second: Moment; question: string }

/**
 * The instant of a local time, by the history of the zone in the platform's time-zone database (IANA): war times, summer
 * times and changes of standard time included. Before a zone's first standard time the mean local time of the longitude
 * itself holds, not that of the city the zone is named after.
 * @throws LunaError `invalid` for what is no date, time, zone or offset
 */
export function birthMoment(local: LocalTime): BirthMoment {
  const clock = readClock(local)
  if (local.offset !== undefined) return { kind: 'exact', ...byOffset(clock, readOffset(local.offset), 'given') }
  const [first, second] = (['earlier', 'later'] as const).map(disambiguation =>
    inZone(clock, local.zone, disambiguation),
  ) as [Temporal.ZonedDateTime, Temporal.ZonedDateTime]
  if (first.getTimeZoneTransition('previous') === null)
    return { kind: 'exact', ...byOffset(clock, Math.round(local.longitude * 240) * 1000, 'local-mean-time') }
  const moments = { first: momentOf(first), second: momentOf(second) }
  if (first.epochMilliseconds === second.epochMilliseconds) return { kind: 'exact', ...moments.first }
  const kind = first.toPlainDateTime().equals(second.toPlainDateTime()) ? 'overlap' : 'gap'
  // Of a time that was jumped over, "earlier" is the reading by the offset after the jump.
  const read =
    kind === 'overlap'
      ? moments
      : {
          first: byOffset(clock, moments.first.offsetMs, 'zone'),
          second: byOffset(clock, moments.second.offsetMs, 'zone'),
        }
  if (local.occurrence) return { kind: 'exact', ...read[local.occurrence] }
  return { kind, ...read, question: question(kind, clock, local.zone, moments) }
}

/** The offset of the clocks of a zone from UTC at an instant, in milliseconds. */
export const offsetAt = (instant: Date, zone: string): number =>
  Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(zone).offsetNanoseconds / 1e6

function question(
  kind: 'overlap' | 'gap',
  clock: Temporal.PlainDateTime,
  zone: string,
  of: { first: Moment; second: Moment },
) {
  const shown = `${clock.toPlainTime().toString({ smallestUnit: 'minute' })} on ${clock.toPlainDate().toString()}`
  const offsets = `UTC${of.first.offset} and UTC${of.second.offset}`
  return kind === 'overlap'
    ? `Clocks in ${zone} showed ${shown} twice, when they were put back (${offsets}). Was the birth the first or the second time?`
    : `Clocks in ${zone} never showed ${shown}: they were put forward (between ${offsets}). What does the record say exactly? "first" reads it by the clock before the change, "second" by the clock after it.`
}

function readClock({ date, time }: LocalTime): Temporal.PlainDateTime {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date))
    throw new LunaError('invalid', `A date is written as year-month-day, such as 1990-05-17; found "${date}".`)
  if (!/^\d{2}:\d{2}(:\d{2})?$/.test(time))
    throw new LunaError('invalid', `A time is written with 24 hours, such as 06:45 or 18:05:30; found "${time}".`)
  try {
    return Temporal.PlainDateTime.from(`${date}T${time}`, { overflow: 'reject' })
  } catch {
    throw new LunaError('invalid', `There is no ${date} ${time} in the calendar. Check day, month and time.`)
  }
}

function inZone(clock: Temporal.PlainDateTime, zone: string, disambiguation: 'earlier' | 'later') {
  try {
    return clock.toZonedDateTime(zone, { disambiguation })
  } catch (cause) {
    throw new LunaError('invalid', `"${zone}" is not a time zone. Give one such as Asia/Kolkata or Europe/Rome.`, {
      cause,
    })
  }
}

function readOffset(offset: string): number {
  const match = /^([+-])(\d{2}):?(\d{2})(?::?(\d{2}))?$/.exec(offset)
  const [, sign, hours, minutes, seconds] = match ?? []
  const size = (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds ?? 0)) * 1000
  if (!match || size > 16 * 3_600_000)
    throw new LunaError('invalid', `An offset from UTC is written as +05:30 or -03:00; found "${offset}".`)
  return sign === '-' ? -size : size
}

function byOffset(clock: Temporal.PlainDateTime, offsetMs: number, basis: Moment['basis']): Moment {
  const instant = new Date(clock.toZonedDateTime('UTC').epochMilliseconds - offsetMs)
  return { instant, offsetMs, offset: writtenOffset(offsetMs), basis }
}

function momentOf(zoned: Temporal.ZonedDateTime): Moment {
  const offsetMs = zoned.offsetNanoseconds / 1e6
  return { instant: new Date(zoned.epochMilliseconds), offsetMs, offset: writtenOffset(offsetMs), basis: 'zone' }
}

function writtenOffset(offsetMs: number): string {
  const seconds = Math.round(Math.abs(offsetMs) / 1000)
  const two = (value: number) => String(value).padStart(2, '0')
  const tail = seconds % 60 === 0 ? '' : `:${two(seconds % 60)}`
  return `${offsetMs < 0 ? '-' : '+'}${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}${tail}`
}
