import { LunaError } from '@luna/contracts'

const units: readonly [RegExp, number][] = [
  [/^s(ec(ond)?s?)?$/, 1_000],
  [/^m(in(ute)?s?)?$/, 60_000],
  [/^h(ours?|rs?)?$/, 3_600_000],
  [/^d(ays?)?$/, 86_400_000],
  [/^w(eeks?)?$/, 604_800_000],
]
const weekdays = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday']

const wrong = (text: string): LunaError =>
  new LunaError(
    'invalid',
    `"${text}" is not a time that is understood. Say "in 10 minutes", "18:30", "tomorrow 9:00", "friday 18:30" or 2026-12-24T18:00.`,
  )

/** The moment that a text means, by the clock of a time zone; a time of day that is over means the next day. @throws LunaError */
export function parseWhen(text: string, now: Date, zone: string): Date {
  const said = text
    .trim()
    .toLowerCase()
    .replace(/^at\s+/, '')
  const span = /^in\s+(an?|\d+(?:\.\d+)?)\s*([a-z]+)$/.exec(said)
  if (span) {
    const unit = units.find(([pattern]) => pattern.test(span[2] ?? ''))
    if (!unit) throw wrong(text)
    return new Date(now.getTime() + (span[1]?.startsWith('a') ? 1 : Number(span[1])) * unit[1])
  }
  const iso = /^(\d{4})-(\d{2})-(\d{2})(?:[t ](\d{1,2}):(\d{2})(?::(\d{2}))?)?(z|[+-]\d{2}:?\d{2})?$/.exec(said)
  if (iso) {
    if (iso[7]) return valid(new Date(text.trim().toUpperCase().replace(' ', 'T')), text)
    return atLocal(
      {
        year: Number(iso[1]),
        month: Number(iso[2]),
        day: Number(iso[3]),
        hour: Number(iso[4] ?? 9),
        minute: Number(iso[5] ?? 0),
      },
      zone,
      text,
    )
  }
  const day = /^(?:(today|tomorrow|on\s+\w+|\w+day)\s*(?:at\s+)?)?(?:(\d{1,2})(?:[:.](\d{2}))?\s*(am|pm)?)?$/.exec(said)
  if (!day || said === '') throw wrong(text)
  const [, name, hourText, minuteText, half] = day
  if (hourText !== undefined && name === undefined && minuteText === undefined && half === undefined) throw wrong(text)
  let hour = hourText === undefined ? 9 : Number(hourText)
  if (half === 'pm' && hour < 12) hour += 12
  if (half === 'am' && hour === 12) hour = 0
  const today = localOf(now, zone)
  const weekday = name === undefined ? -1 : weekdays.indexOf(name.replace(/^on\s+/, ''))
  if (name !== undefined && name !== 'today' && name !== 'tomorrow' && weekday === -1) throw wrong(text)
  const ahead = name === 'tomorrow' ? 1 : weekday === -1 ? 0 : (weekday - today.weekday + 7) % 7
  const at = (days: number) =>
    atLocal({ ...today, day: today.day + days, hour, minute: Number(minuteText ?? 0) }, zone, text)
  const found = at(ahead)
  if (found > now) return found
  return weekday === -1 ? at(ahead + 1) : at(ahead + 7)
}

interface Local {
  year: number
  month: number
  day: number
  hour: number
  minute: number
}

function valid(date: Date, text: string): Date {
  if (Number.isNaN(date.getTime())) throw wrong(text)
  return date
}

function localOf(date: Date, zone: string): Local & { weekday: number } {
  const parts = Object.fromEntries(
    new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      weekday: 'long',
    })
      .formatToParts(date)
      .map(({ type, value }) => [type, value]),
  )
  const { year, month, day, hour, minute, weekday = '' } = parts
  return {
    year: Number(year),
    month: Number(month),
    day: Number(day),
    hour: Number(hour),
    minute: Number(minute),
    weekday: weekdays.indexOf(weekday.toLowerCase()),
  }
}

/** The moment of a wall clock: guessed as UTC and set right by what the zone's clock then shows, twice for changes of the clock. */
function atLocal(local: Local, zone: string, text: string): Date {
  if (local.hour > 23 || local.minute > 59) throw wrong(text)
  const wanted = Date.UTC(local.year, local.month - 1, local.day, local.hour, local.minute)
  let guess = wanted
  for (let round = 0; round < 2; round += 1) {
    const shown = localOf(valid(new Date(guess), text), zone)
    guess += wanted - Date.UTC(shown.year, shown.month - 1, shown.day, shown.hour, shown.minute)
  }
  return new Date(guess)
}
