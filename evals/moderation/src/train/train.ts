/**
 * Trains the linear model on all of OpenAI's samples and writes it into @luna/safety:
 * `npm run train -w @luna/eval-moderation`. Figures of quality come from the cross-validation alone, never from this fit.
 */
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { scan } from '@luna/safety'
import { featureCount, featuresOf } from '@luna/safety/linear'
import { headsOf } from '../cross-validate.ts'
import { groupNearDuplicates } from '../folds.ts'
import { readSet } from '../layouts.ts'
import { trainHead } from './head.ts'
import { ownLines } from './own-lines.ts'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const target = here('../../../../libs/safety/src/linear/weights.ts')
const version = process.argv[2] ?? 'linear-1'

const rows = [...readSet(here('../../data/openai-moderation-1680.json')).rows, ...ownLines]
const groups = groupNearDuplicates(rows.map(row => row.text))
const features = rows.map(row => featuresOf(row.text, scan(row.text, row.direction).classes))
const heads = headsOf(rows).map((name, at) => {
  const known = rows.flatMap((row, index) => {
    const positive = name === 'any' ? row.any : (row.labels[name] ?? null)
    const held = features[index]
    return positive === null || !held ? [] : [{ features: held, positive, group: groups[index] ?? 0 }]
  })
  process.stdout.write(`${name}: ${known.length} rows\n`)
  const { fitted, flagAt, sureAt } = trainHead(known, 1_000 + at)
  const step = fitted.weights.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0) / 127
  const quantised = Int8Array.from(fitted.weights, weight => Math.round(weight / step))
  return { name, bias: fitted.bias, step, flagAt, sureAt, quantised }
})
const bytes = Buffer.concat(heads.map(({ quantised }) => Buffer.from(quantised.buffer)))
const facts = heads.map(
  ({ name, bias, step, flagAt, sureAt }) =>
    `    { name: '${name}', bias: ${bias.toFixed(6)}, step: ${step.toPrecision(6)}, flagAt: ${flagAt.toFixed(6)}, sureAt: ${sureAt.toFixed(6)} },`,
)
writeFileSync(
  target,
  `import type { PackedModel } from './model.ts'

/** Written by evals/moderation/src/train/train.ts; see MODEL_CARD.md. Signed bytes, one row of ${featureCount} a head. */
export const packed: PackedModel = {
  version: '${version}',
  heads: [
${facts.join('\n')}
  ],
  weights:
    '${bytes.toString('base64')}',
}
`,
)
process.stdout.write(`${target}: ${bytes.length} bytes of weights\n`)
