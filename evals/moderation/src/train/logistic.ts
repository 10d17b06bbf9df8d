import type { Features } from '@luna/safety/linear'

export interface Fitted {
  /** One weight a feature. */
  weights: Float64Array
  bias: number
}

export interface FitOptions {
  /** Inverse strength of the L2 penalty. */
  cost: number
  /** Positives weigh this much more. */
  positiveWeight?: number
  /** Scales each feature, such as by inverse document frequency. */
  scale?: Float64Array
  epochs?: number
  random: () => number
}

/**
 * L2-regularised logistic regression by dual coordinate descent (Yu, Huang and Lin 2011, Machine Learning 85, algorithm 5):
 * exact to the tolerance, and quick on sparse rows.
 * @param labels 1 or -1 for each row
 */
export function fitLogistic(
  rows: readonly Features[],
  labels: readonly number[],
  featureCount: number,
  { cost, positiveWeight = 1, scale, epochs = 40, random }: FitOptions,
): Fitted {
  const count = rows.length
  const weights = new Float64Array(featureCount + 1)
  const bounds = Float64Array.from(labels, label => (label > 0 ? cost * positiveWeight : cost))
  const scaled = rows.map(({ indices, values }) =>
    scale
      ? Float64Array.from(indices, (index, at) => (values[at] ?? 0) * (scale[index] ?? 1))
      : Float64Array.from(values),
  )
  const squares = scaled.map(values => values.reduce((sum, value) => sum + value * value, 1))
  const alpha = new Float64Array(count * 2)
  const addTo = (row: number, by: number) => {
    const { indices } = rows[row] as Features
    const values = scaled[row] as Float64Array
    for (let at = 0; at < indices.length; at += 1) weights[indices[at] as number]! += by * (values[at] as number)
    weights[featureCount]! += by
  }
  for (let row = 0; row < count; row += 1) {
    const bound = bounds[row] as number
    alpha[2 * row] = Math.min(0.001 * bound, 1e-8)
    alpha[2 * row + 1] = bound - alpha[2 * row]!
    addTo(row, (labels[row] as number) * alpha[2 * row]!)
  }
  const order = Array.from({ length: count }, (_, index) => index)
  for (let epoch = 0; epoch < epochs; epoch += 1) {
    for (let at = count - 1; at > 0; at -= 1) {
      const other = Math.floor(random() * (at + 1))
      ;[order[at], order[other]] = [order[other] as number, order[at] as number]
    }
    let largest = 0
    for (const row of order) {
      const bound = bounds[row] as number
      const label = labels[row] as number
      const square = squares[row] as number
      const { indices } = rows[row] as Features
      const values = scaled[row] as Float64Array
      let product = weights[featureCount] as number
      for (let at = 0; at < indices.length; at += 1)
        product += (weights[indices[at] as number] as number) * (values[at] as number)
      const margin = label * product
      let [one, sign] = [2 * row, 1]
      if (0.5 * square * (alpha[2 * row + 1]! - alpha[2 * row]!) + margin < 0) [one, sign] = [2 * row + 1, -1]
      const before = alpha[one] as number
      let z = before
      if (bound - z < 0.5 * bound) z *= 0.1
      let gradient = square * (z - before) + sign * margin + Math.log(z / (bound - z))
      largest = Math.max(largest, Math.abs(gradient))
      let steps = 0
      while (steps <= 100 && Math.abs(gradient) >= 1e-4) {
        const curvature = square + bound / (bound - z) / z
        const next = z - gradient / curvature
        z = next <= 0 ? z * 0.1 : next
        gradient = square * (z - before) + sign * margin + Math.log(z / (bound - z))
        steps += 1
      }
      if (steps === 0) continue
      alpha[one] = z
      alpha[one === 2 * row ? 2 * row + 1 : 2 * row] = bound - z
      addTo(row, sign * (z - before) * label)
    }
    if (largest < 0.01) break
  }
  const bias = weights[featureCount] as number
  const plain = weights.subarray(0, featureCount)
  if (scale) plain.forEach((weight, index) => (plain[index] = weight * (scale[index] ?? 1)))
  return { weights: plain, bias }
}

export const scoreOf = ({ weights, bias }: Fitted, { indices, values }: Features): number => {
  let sum = bias
  for (let at = 0; at < indices.length; at += 1)
    sum += (weights[indices[at] as number] as number) * (values[at] as number)
  return sum
}
