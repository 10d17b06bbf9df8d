import type { ContentClass } from '@luna/contracts'
import { scan } from '@luna/safety'
import { featuresOf } from '@luna/safety/linear'
import { foldsOf, groupNearDuplicates } from './folds.ts'
import type { Judged } from './metrics.ts'
import type { Row } from './rows.ts'
import { trainHead } from './train/head.ts'
import { scoreOf } from './train/logistic.ts'

export const outerFolds = 5
const seed = 20_261_121

export interface CrossValidated {
  /** By head: `any` and each class. */
  judged: Map<'any' | ContentClass, Judged[]>
  /** The rules alone, which are not trained: flagged from the acting score on. */
  rules: Judged[]
  nearDuplicates: number
}

/**
 * 5-fold cross-validation of all local layers together (the linear model reads what the rules found): near-duplicates lie in one
 * fold, and each threshold is chosen by folds inside the training rows.
 * @param extra rows that take part in every training and in no figure
 * @param onProgress told after each head
 */
export function crossValidate(
  rows: readonly Row[],
  extra: readonly Row[],
  onProgress: (line: string) => void,
): CrossValidated {
  const groups = groupNearDuplicates(rows.map(row => row.text))
  const folds = foldsOf(
    groups,
    rows.map(row => row.any === true),
    outerFolds,
    seed,
  )
  const findings = rows.map(row => scan(row.text, row.direction).classes)
  const features = rows.map((row, index) => featuresOf(row.text, findings[index] ?? []))
  const added = extra.map(row => ({ row, features: featuresOf(row.text, scan(row.text, row.direction).classes) }))
  const judged = new Map<'any' | ContentClass, Judged[]>()
  for (const head of headsOf(rows)) {
    const found: Judged[] = []
    const labelOf = (row: Row) => (head === 'any' ? row.any : (row.labels[head] ?? null))
    for (let fold = 0; fold < outerFolds; fold += 1) {
      const known = rows.flatMap((row, index) => {
        const positive = labelOf(row)
        const held = features[index]
        return positive === null || !held
          ? []
          : [{ features: held, positive, group: groups[index] ?? 0, fold: folds[index] }]
      })
      const others = added.flatMap(({ row, features: held }, at) => {
        const positive = labelOf(row)
        return positive === null ? [] : [{ features: held, positive, group: -1 - at }]
      })
      const trained = trainHead([...known.filter(row => row.fold !== fold), ...others], seed + fold)
      for (const row of known.filter(one => one.fold === fold)) {
        const score = scoreOf(trained.fitted, row.features) - trained.flagAt
        found.push({ score, flagged: score >= 0, positive: row.positive })
      }
    }
    judged.set(head, found)
    onProgress(head)
  }
  const rules = rows.map((row, index): Judged => {
    const score = Math.max(
      0,
      ...(findings[index] ?? []).filter(({ class: name }) => labelled(name)).map(one => one.score),
    )
    return { score, flagged: score >= 0.5, positive: row.any === true }
  })
  return { judged, rules, nearDuplicates: rows.length - new Set(groups).size }
}

const labelled = (name: ContentClass): boolean =>
  name !== 'personal-data' && name !== 'prompt-injection' && name !== 'illicit'

export const headsOf = (rows: readonly Row[]): ('any' | ContentClass)[] => [
  'any',
  ...new Set(rows.flatMap(row => Object.keys(row.labels) as ContentClass[])),
]
