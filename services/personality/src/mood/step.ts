import type { MoodPoint, Skills } from '@luna/contracts'

/** What one turn was like, in numbers; all that is kept of what was said. */
export interface TurnImpression {
  readonly turnId: string
  /** When the turn ended, in milliseconds since 1970. */
  readonly at: number
  /** -1 to 1. */
  readonly sentiment: number
  /** 0 to 1: how lively it was said. */
  readonly energy: number
  /** Whether the person laughed. */
  readonly laughed: boolean
}

export interface Mind {
  readonly point: MoodPoint
  readonly skills: Skills
}

export interface MindAfter extends Mind {
  readonly turn: TurnImpression
}

/** Half of the distance to the baseline is gone after these, in milliseconds. */
export const halfLife = { mood: 12 * 3_600_000, skills: 30 * 24 * 3_600_000 } as const
/** The most that one turn moves: a mood never jumps. */
export const largestStep = { mood: 0.15, skill: 0.02 } as const

const pull = 0.35

const clamp = (value: number, least: number, most: number): number => Math.min(most, Math.max(least, value))
/** Six digits: the same on every machine, and in the database. */
const rounded = (value: number): number => Math.round(value * 1e6) / 1e6

const decayed = (value: number, base: number, elapsed: number, half: number): number =>
  base + (value - base) * 2 ** (-Math.max(0, elapsed) / half)

/** Where a mind stands some time later, if nothing is said. */
export function rest(mind: Mind, baseline: Mind, elapsed: number): Mind {
  const mood = (from: number, to: number) => rounded(decayed(from, to, elapsed, halfLife.mood))
  const skill = (from: number, to: number) => rounded(decayed(from, to, elapsed, halfLife.skills))
  return {
    point: {
      valence: mood(mind.point.valence, baseline.point.valence),
      arousal: mood(mind.point.arousal, baseline.point.arousal),
    },
    skills: {
      empathy: skill(mind.skills.empathy, baseline.skills.empathy),
      humour: skill(mind.skills.humour, baseline.skills.humour),
      patience: skill(mind.skills.patience, baseline.skills.patience),
    },
  }
}

/** One turn moves the mood towards how it was, a bounded step at a time; what is asked of a skill trains it. */
export function step(mind: Mind, { sentiment, energy, laughed }: TurnImpression): Mind {
  const towards = (from: number, to: number) =>
    rounded(clamp(from + clamp(pull * (to - from), -largestStep.mood, largestStep.mood), -1, 1))
  const trained = (from: number, by: number) =>
    rounded(clamp(from + clamp(by, -largestStep.skill, largestStep.skill), 0, 1))
  const distress = Math.max(0, -sentiment - 0.2)
  return {
    point: {
      valence: towards(mind.point.valence, sentiment),
      arousal: towards(mind.point.arousal, clamp(energy * 2 - 1, -1, 1)),
    },
    skills: {
      empathy: trained(mind.skills.empathy, distress * 0.03),
      humour: trained(mind.skills.humour, laughed ? 0.015 : -distress * 0.01),
      patience: trained(mind.skills.patience, distress * 0.015 - (energy > 0.8 ? 0.005 : 0)),
    },
  }
}

export const byTime = (a: TurnImpression, b: TurnImpression): number =>
  a.at - b.at || (a.turnId < b.turnId ? -1 : a.turnId > b.turnId ? 1 : 0)

/**
 * The minds after each turn, in the order of time whatever order the turns came in, each turn once: the history depends
 * on the set of events alone.
 * @param from the mind before the first of these turns, and when it was so
 */
export function replay(
  turns: readonly TurnImpression[],
  baseline: Mind,
  from: { mind: Mind; at: number } | null = null,
): MindAfter[] {
  const once = new Map(turns.map(turn => [turn.turnId, turn]))
  let last = from
  return [...once.values()].toSorted(byTime).map(turn => {
    const before = last ? rest(last.mind, baseline, turn.at - last.at) : baseline
    const mind = step(before, turn)
    last = { mind, at: turn.at }
    return { ...mind, turn }
  })
}
