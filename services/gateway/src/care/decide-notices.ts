/** What the server remembers of how long somebody has been here and what they were told. */
export interface CareState {
  disclosedAt: Date | null
  /** Last known use. */
  seenAt: Date | null
  /** Since when without a long pause. */
  usingSince: Date | null
  /** Last reminder of a break. */
  remindedAt: Date | null
}

export type Due = 'disclosure' | 'again' | 'break'

const minuteMs = 60_000
const hourMs = 60 * minuteMs
/** Away for so long, somebody starts anew. */
const pauseMs = 30 * minuteMs
/** New York Gen. Bus. Law art. 47 and California SB 243: at the start, and at least every three hours. */
const everyMs = 3 * hourMs
const longAwayMs = 7 * 24 * hourMs

export const nothingYet: CareState = { disclosedAt: null, seenAt: null, usingSince: null, remindedAt: null }

/** What is due when somebody is seen now, and what is remembered then. */
export function noticesAt(state: CareState, now: Date): { due: Due[]; next: CareState } {
  const since = (at: Date | null) => (at ? now.getTime() - at.getTime() : Number.POSITIVE_INFINITY)
  const starts = since(state.seenAt) >= pauseMs || state.usingSince === null
  const usingSince = starts ? now : state.usingSince
  const due: Due[] = []
  if (starts || since(state.disclosedAt) >= everyMs)
    due.push(state.disclosedAt && since(state.seenAt) >= longAwayMs ? 'again' : 'disclosure')
  const breakFrom = Math.max(usingSince?.getTime() ?? 0, state.remindedAt?.getTime() ?? 0)
  const tired = now.getTime() - breakFrom >= everyMs
  if (tired) due.push('break')
  return {
    due,
    next: {
      disclosedAt: due.some(one => one !== 'break') ? now : state.disclosedAt,
      seenAt: now,
      usingSince,
      remindedAt: tired ? now : state.remindedAt,
    },
  }
}
