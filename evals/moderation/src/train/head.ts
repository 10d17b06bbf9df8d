import { characterBuckets, type Features, featureCount, wordBuckets } from '@luna/safety/linear'
import { foldsOf } from '../folds.ts'
import { seeded } from '../random.ts'
import { type Fitted, fitLogistic, scoreOf } from './logistic.ts'
import { bestThreshold, type Scored, sureThreshold } from './threshold.ts'

/** One output of the model, ready to judge. */
export interface Head {
  fitted: Fitted
  /** Score (log-odds) from which on it flags, and from which on it is sure. */
  flagAt: number
  sureAt: number
}

export interface TrainingRow {
  features: Features
  positive: boolean
  group: number
}

const cost = 4
const innerFolds = 4
/** Below the goal of 13 %, since a threshold does a little worse on rows that it was not chosen on. */
const mostFalsePositives = 0.12
const surePrecision = 0.9

/** Fits on all rows; the thresholds come from folds within these rows, never from rows that the fit has seen. */
export function trainHead(rows: readonly TrainingRow[], seed: number): Head {
  const folds = foldsOf(
    rows.map(row => row.group),
    rows.map(row => row.positive),
    innerFolds,
    seed,
  )
  const scored: Scored[] = []
  for (let fold = 0; fold < innerFolds; fold += 1) {
    const fitted = fit(
      rows.filter((_, index) => folds[index] !== fold),
      seed,
    )
    rows.forEach(({ features, positive }, index) => {
      if (folds[index] === fold) scored.push({ score: scoreOf(fitted, features), positive })
    })
  }
  const flagAt = bestThreshold(scored, mostFalsePositives)
  return { fitted: fit(rows, seed), flagAt, sureAt: Math.max(flagAt + 0.5, sureThreshold(scored, surePrecision)) }
}

const fit = (rows: readonly TrainingRow[], seed: number): Fitted =>
  fitLogistic(
    rows.map(row => row.features),
    rows.map(row => (row.positive ? 1 : -1)),
    featureCount,
    { cost, scale: inverseDocumentFrequency(rows), random: seeded(seed) },
  )

/** Of n-grams, those in one text only left out; the other features are taken as they are. */
function inverseDocumentFrequency(rows: readonly TrainingRow[]): Float64Array {
  const texts = new Float64Array(featureCount)
  for (const { features } of rows) for (const index of features.indices) texts[index] = (texts[index] ?? 0) + 1
  return texts.map((count, index) => {
    if (index >= wordBuckets + characterBuckets) return 1
    return count < 2 ? 0 : Math.log(rows.length / count) / 3
  })
}
