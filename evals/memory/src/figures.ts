/** What came of one question. */
export interface Outcome {
  readonly category: number
  readonly evidence: readonly string[]
  /** Ids that were recalled, best first; a memory stands for the turns it was concluded from. */
  readonly recalled: readonly (readonly string[])[]
  /** Of the recalled, so many come within 1,000 tokens. */
  readonly within: number
  readonly ms: number
}

export interface Figures {
  readonly questions: number
  readonly recallAt5: number
  readonly recallAt10: number
  readonly recallAt20: number
  readonly mrr: number
  readonly within1000: number
}

export const categories: Readonly<Record<number, string>> = {
  1: 'multi-hop',
  2: 'temporal',
  3: 'open-domain',
  4: 'single-hop',
  5: 'adversarial',
}

const mean = (values: readonly number[]): number =>
  values.length === 0 ? 0 : Math.round((values.reduce((sum, each) => sum + each, 0) / values.length) * 10_000) / 10_000

/** Recall is the share of a question's evidence among the first so many, on average over the questions. */
export function figuresOf(outcomes: readonly Outcome[]): Figures {
  const recallAt = (count: (outcome: Outcome) => number) =>
    mean(
      outcomes.map(outcome => {
        const found = new Set(outcome.recalled.slice(0, count(outcome)).flat())
        return outcome.evidence.filter(id => found.has(id)).length / outcome.evidence.length
      }),
    )
  return {
    questions: outcomes.length,
    recallAt5: recallAt(() => 5),
    recallAt10: recallAt(() => 10),
    recallAt20: recallAt(() => 20),
    mrr: mean(
      outcomes.map(({ recalled, evidence }) => {
        const place = recalled.findIndex(ids => ids.some(id => evidence.includes(id)))
        return place < 0 ? 0 : 1 / (place + 1)
      }),
    ),
    within1000: recallAt(({ within }) => within),
  }
}

export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other)
  const value = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
  return Math.round(value * 100) / 100
}
