export interface Scored {
  score: number
  positive: boolean
}

/** The score from which on F1 is best while the false positive rate stays within its bound. */
export function bestThreshold(rows: readonly Scored[], mostFalsePositives = 1): number {
  const ordered = rows.toSorted((a, b) => b.score - a.score)
  const positives = rows.filter(row => row.positive).length
  const negatives = rows.length - positives
  let [hits, alarms, best, threshold] = [0, 0, -1, ordered[0]?.score ?? 0]
  for (const [index, { score, positive }] of ordered.entries()) {
    if (positive) hits += 1
    else alarms += 1
    if (alarms / Math.max(1, negatives) > mostFalsePositives) break
    const f1 = (2 * hits) / (positives + hits + alarms)
    if (f1 <= best) continue
    best = f1
    threshold = (score + (ordered[index + 1]?.score ?? score)) / 2
  }
  return threshold
}

/** The lowest score from which on the wanted share of what is flagged is right, with a dozen rows to go by at least. */
export function sureThreshold(rows: readonly Scored[], precision: number, fewest = 12): number {
  const ordered = rows.toSorted((a, b) => b.score - a.score)
  let hits = 0
  let threshold = (ordered[0]?.score ?? 0) + 1
  for (const [index, { score, positive }] of ordered.entries()) {
    if (positive) hits += 1
    if (index + 1 >= fewest && hits / (index + 1) >= precision) threshold = score
  }
  return threshold
}
