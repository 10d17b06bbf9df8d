import { readFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { categories, figuresOf, type Outcome, percentile } from './figures.ts'
import { readLocomo } from './locomo.ts'
import { measure } from './measure.ts'
import { memoryAlone } from './memory-alone.ts'
import { runSuites } from './suites.ts'

/**
 * `npm run eval:memory -- FILE [--json]`: how much of the evidence memory recalls, on a file in LoCoMo's layout. Without a
 * file: the suites of our own.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { json: { type: 'boolean', default: false }, suites: { type: 'boolean', default: false } },
})
const [path] = positionals
if (path === undefined || values.suites) process.exit((await runSuites(values.json)) ? 0 : 1)

const { samples, left, mended } = readLocomo(JSON.parse(await readFile(path, 'utf8')))
const memory = await memoryAlone()
const outcomes: Outcome[] = []
try {
  for (const [index, sample] of samples.entries()) {
    outcomes.push(...(await measure(memory, sample)))
    process.stderr.write(`conversation ${index + 1} of ${samples.length}\n`)
  }
} finally {
  await memory.close()
}
const answerable = outcomes.filter(({ category }) => category >= 1 && category <= 4)
const byCategory = Object.fromEntries(
  Object.entries(categories).flatMap(([number, name]) => {
    const own = outcomes.filter(({ category }) => category === Number(number))
    return own.length === 0 ? [] : [[name, figuresOf(own)]]
  }),
)
const ms = outcomes.map(outcome => outcome.ms)
const result = {
  answerable: figuresOf(answerable),
  byCategory,
  p50ms: percentile(ms, 0.5),
  p95ms: percentile(ms, 0.95),
  leftOut: left,
  mendedEvidence: mended,
}
if (values.json) process.stdout.write(`${JSON.stringify(result, null, 2)}\n`)
else {
  const rows = Object.entries({ 'categories 1-4': result.answerable, ...byCategory })
  console.table(
    Object.fromEntries(
      rows.map(([name, each]) => [
        name,
        {
          questions: each.questions,
          'recall@5': each.recallAt5,
          'recall@10': each.recallAt10,
          'recall@20': each.recallAt20,
          MRR: each.mrr,
          'in 1,000 tokens': each.within1000,
        },
      ]),
    ),
  )
  process.stdout.write(
    `p50 ${result.p50ms} ms, p95 ${result.p95ms} ms a recall; ${left} questions without evidence in the file left out, ${mended} malformed evidence entries read anyway\n`,
  )
}
process.exit(0)
