/** A stretch of time, in milliseconds since 1970; `to` is not in it. */
export interface Span {
  readonly from: number
  readonly to: number
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'] as const
const seasons: Readonly<Record<string, number>> = { spring: 2, summer: 5, autumn: 8, fall: 8, winter: 11 }
const numbers = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'] as const
const day = 86_400_000

const monthName =
  'jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?'
const ordinal = '(\\d{1,2})(?:st|nd|rd|th)?'
const monthOf = (name = ''): number => months.indexOf(name.slice(0, 3).toLowerCase() as 'jan')
const monthSpan = (year: number, month: number, length = 1): Span => ({
  from: Date.UTC(year, month),
  to: Date.UTC(year, month + length),
})
const daySpan = (at: number): Span => ({ from: at, to: at + day })
const count = (word = ''): number => {
  const named = numbers.indexOf(word.toLowerCase() as 'one')
  return named >= 0 ? named : /^(?:a|an)$/i.test(word) ? 1 : /^couple/i.test(word) ? 2 : Number(word)
}

type Reader = readonly [pattern: RegExp, read: (found: RegExpMatchArray, now: Date) => Span]

/** The last year in which that month has begun. */
const lastYearOf = (month: number, now: Date): number =>
  month <= now.getUTCMonth() ? now.getUTCFullYear() : now.getUTCFullYear() - 1
const startOfDay = (now: Date): number => Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate())

function unitBack(unit: string, back: number, now: Date): Span {
  const today = startOfDay(now)
  const weekStart = today - ((now.getUTCDay() + 6) % 7) * day
  switch (unit.toLowerCase()) {
    case 'day':
      return daySpan(today - back * day)
    case 'week':
      return { from: weekStart - back * 7 * day, to: weekStart - (back - 1) * 7 * day }
    case 'weekend':
      return { from: weekStart - back * 7 * day + 5 * day, to: weekStart - (back - 1) * 7 * day }
    case 'month':
      return monthSpan(now.getUTCFullYear(), now.getUTCMonth() - back)
    default:
      return monthSpan(now.getUTCFullYear() - back, 0, 12)
  }
}

/** Tried in this order; what one has read the next do not see. */
const readers: readonly Reader[] = [
  [/\b(\d{4})-(\d{2})-(\d{2})\b/g, ([, y, m, d]) => daySpan(Date.UTC(Number(y), Number(m) - 1, Number(d)))],
  [
    new RegExp(`\\b(${monthName})\\.?\\s+${ordinal}(?:,?\\s+(\\d{4}))?\\b`, 'gi'),
    ([, m, d, y], now) => {
      const month = monthOf(m)
      return daySpan(Date.UTC(y ? Number(y) : lastYearOf(month, now), month, Number(d)))
    },
  ],
  [
    new RegExp(`\\b${ordinal}\\s+(?:of\\s+)?(${monthName})\\b\\.?(?:,?\\s*(\\d{4}))?`, 'gi'),
    ([, d, m, y], now) => {
      const month = monthOf(m)
      return daySpan(Date.UTC(y ? Number(y) : lastYearOf(month, now), month, Number(d)))
    },
  ],
  [
    new RegExp(`\\b(${monthName})\\.?,?\\s+(?:of\\s+)?(\\d{4})\\b`, 'gi'),
    ([, m, y]) => monthSpan(Number(y), monthOf(m)),
  ],
  [
    /\b(?:(last|this|that)\s+|in\s+(?:the\s+)?)?(spring|summer|autumn|fall|winter)(?:\s+(?:of\s+)?(\d{4}))?\b/gi,
    ([, which, name = '', y], now) => {
      const month = seasons[name.toLowerCase()] ?? 0
      const begun = lastYearOf(month, now)
      const running = begun === now.getUTCFullYear() && now.getUTCMonth() < month + 3
      return monthSpan(y ? Number(y) : which?.toLowerCase() === 'last' && running ? begun - 1 : begun, month, 3)
    },
  ],
  [
    new RegExp(`\\b(?:in|last|since|during|as of|by|of|this|early|late|mid)[\\s-]+(${monthName})\\b`, 'gi'),
    ([, m], now) => {
      const month = monthOf(m)
      return monthSpan(lastYearOf(month, now), month)
    },
  ],
  [/\b((?:19|20)\d\d)\b/g, ([, y]) => monthSpan(Number(y), 0, 12)],
  [/\byesterday\b/gi, (_, now) => unitBack('day', 1, now)],
  [/\btoday\b/gi, (_, now) => unitBack('day', 0, now)],
  [/\blast\s+(week|weekend|month|year)\b/gi, ([, unit = ''], now) => unitBack(unit, 1, now)],
  [/\bthis\s+(week|weekend|month|year)\b/gi, ([, unit = ''], now) => unitBack(unit, 0, now)],
  [
    /\b(an?|(?:a\s+)?couple(?:\s+of)?|one|two|three|four|five|six|seven|eight|nine|ten|\d{1,3})\s+(day|week|month|year)s?\s+ago\b/gi,
    ([, n, unit = ''], now) => unitBack(unit, count(n?.replace(/^a\s+couple.*/i, 'couple')), now),
  ],
]

/**
 * The times that a question names, in English: `on 4 October`, `in May 2023`, `last spring`, `two weeks ago`. A month or day
 * without its year is the last one that has begun.
 */
export function readDates(text: string, now: Date): Span[] {
  let rest = text
  const spans: Span[] = []
  for (const [pattern, read] of readers)
    rest = rest.replace(pattern, (...found) => {
      const span = read(found.slice(0, -2) as unknown as RegExpMatchArray, now)
      if (Number.isFinite(span.from) && Number.isFinite(span.to)) spans.push(span)
      return ' '
    })
  return spans
}

/** 1 within the span, falling with the distance from it: half after a week and half a span. */
export function closeness(at: number, { from, to }: Span): number {
  const away = at < from ? from - at : at >= to ? at - to : 0
  return 1 / (1 + away / (7 * day + (to - from) / 2))
}
