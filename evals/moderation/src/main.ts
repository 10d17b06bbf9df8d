/**
 * `npm run eval:moderation -- FILE...`: how good moderation is. Without files: OpenAI's samples of this folder by
 * cross-validation, and the own suites. The samples that the model was trained on are never judged by the shipped model.
 */
import { createHash } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { actionFor, defaultPolicy, evaluateLocal, warmUp } from '@luna/safety'
import { assessLocal, linearFindings, linearVersion } from '@luna/safety/linear'
import { crossValidate, outerFolds } from './cross-validate.ts'
import { readSet } from './layouts.ts'
import type { Judged } from './metrics.ts'
import { isCaught, type RiskLine, riskLines } from './person-at-risk.ts'
import { lineOf, percentile } from './report.ts'
import type { LabelledSet, Row } from './rows.ts'
import { ownLines } from './train/own-lines.ts'

const say = (line: string) => process.stdout.write(`${line}\n`)
const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const samples = here('../data/openai-moderation-1680.json')

const promptsOf = (rows: readonly Row[]): string =>
  createHash('sha256')
    .update(
      rows
        .map(row => row.text)
        .toSorted()
        .join('\0'),
    )
    .digest('hex')

function reportCrossValidation({ name, rows }: LabelledSet): void {
  say(
    `\n# ${name}: ${outerFolds}-fold cross-validation of all local layers, thresholds chosen inside the training folds`,
  )
  const { judged, rules, nearDuplicates } = crossValidate(rows, ownLines, head =>
    process.stderr.write(`  ${head} done\n`),
  )
  say(`${nearDuplicates} rows are near-duplicates of others and lie in their fold`)
  for (const [head, found] of judged) say(lineOf(head, found))
  say(lineOf('any, rules alone', rules))
}

function reportShipped({ name, layout, rows }: LabelledSet): void {
  say(`\n# ${name} (${layout}): the shipped layers, ${linearVersion}, never trained on this set`)
  const judge = (row: Row) => {
    const { classes, linear } = assessLocal(row.text, row.direction)
    const rules = Math.max(0, ...classes.filter(found => found.class !== 'personal-data').map(found => found.score))
    return { linear: linear.any, rules, scores: linear.scores }
  }
  const found = rows.map(judge)
  const judged = (score: (index: number) => number): Judged[] =>
    rows.flatMap((row, index) =>
      row.any === null ? [] : [{ score: score(index), flagged: score(index) >= 0.5, positive: row.any }],
    )
  say(
    lineOf(
      'any, combined',
      judged(index => found[index]?.linear ?? 0),
    ),
  )
  say(
    lineOf(
      'any, rules alone',
      judged(index => found[index]?.rules ?? 0),
    ),
  )
  say(
    lineOf(
      'any, either',
      judged(index => Math.max(found[index]?.linear ?? 0, found[index]?.rules ?? 0)),
    ),
  )
  for (const group of [...new Set(rows.map(row => row.group))].filter(Boolean).toSorted()) {
    const of = rows.flatMap((row, index) =>
      row.group === group ? [{ row, flagged: (found[index]?.linear ?? 0) >= 0.5 }] : [],
    )
    say(`  ${group.padEnd(30)} flagged ${of.filter(one => one.flagged).length} of ${of.length}`)
  }
}

function reportOverRefusal({ name, rows }: LabelledSet): void {
  say(`\n# ${name}: look-alikes; what the default policy would do to them`)
  const wrong = rows.flatMap(row => {
    const verdict = evaluateLocal(row.text, row.direction)
    const flagged = linearFindings(assessLocal(row.text, row.direction).linear)
    const stopped = !['allow', 'flag', 'escalate'].includes(verdict.action)
    const acted = flagged.filter(
      found => !['allow', 'flag', 'escalate'].includes(actionFor(defaultPolicy, row.direction, found)),
    )
    const risk = verdict.risk === 'high' || verdict.risk === 'imminent'
    return stopped || acted.length > 0 || risk || verdict.action === 'flag' || flagged.length > 0
      ? [{ row, stopped: stopped || acted.length > 0, risk, by: [...verdict.classes, ...flagged].map(one => one.rule) }]
      : []
  })
  say(
    `stopped ${wrong.filter(one => one.stopped).length}, shown a card ${wrong.filter(one => one.risk).length}, flagged or more ${wrong.length}, of ${rows.length}`,
  )
  for (const { row, stopped, risk, by } of wrong)
    say(`  ${stopped ? 'STOPPED' : risk ? 'CARD' : 'flagged'}  ${row.direction}  ${row.text}  (${by.join(', ')})`)
}

function reportRisk(lines: readonly RiskLine[]): void {
  say(
    `\n# person-at-risk.tsv: ${lines.length} lines in ${new Set(lines.map(line => line.language)).size} languages, caught means the card is shown`,
  )
  const turns = [1, 50, 200]
  for (const turn of turns) {
    const misses = lines.filter(line => line.atRisk && !isCaught(line, turn))
    const alarms = lines.filter(line => !line.atRisk && isCaught(line, turn))
    const [risky, safe] = [lines.filter(line => line.atRisk).length, lines.filter(line => !line.atRisk).length]
    say(`turn ${turn}: misses ${misses.length} of ${risky}, false alarms ${alarms.length} of ${safe}`)
    if (turn !== turns[0]) continue
    for (const language of new Set(lines.map(line => line.language)))
      say(
        `  ${language}: misses ${misses.filter(line => line.language === language).length}, false alarms ${alarms.filter(line => line.language === language).length}`,
      )
    for (const kind of new Set(lines.map(line => line.kind))) {
      const of = lines.filter(line => line.kind === kind)
      say(
        `  ${kind}: misses ${misses.filter(line => line.kind === kind).length} of ${of.filter(line => line.atRisk).length}, false alarms ${alarms.filter(line => line.kind === kind).length} of ${of.filter(line => !line.atRisk).length}`,
      )
    }
    for (const { language, kind, text } of misses) say(`  MISS ${language} ${kind}: ${text}`)
    for (const { language, kind, text } of alarms) say(`  ALARM ${language} ${kind}: ${text}`)
  }
}

function reportTime(rows: readonly Row[]): void {
  const texts = rows.slice(0, 600).map(row => row.text)
  for (const text of texts) assessLocal(text, 'person')
  const times = texts.map(text => {
    const at = performance.now()
    assessLocal(text, 'person')
    return performance.now() - at
  })
  say(
    `\n# time of all local layers a message: p50 ${percentile(times, 0.5).toFixed(2)} ms, p95 ${percentile(times, 0.95).toFixed(2)} ms (${texts.length} samples, median ${percentile(
      texts.map(text => text.length),
      0.5,
    )} characters)`,
  )
}

await warmUp(async () => {})
const trained = promptsOf(readSet(samples).rows)
const files = process.argv.slice(2)
for (const file of files.length > 0 ? files : [samples, here('../suites/over-refusal.tsv')]) {
  const set = readSet(file)
  if (set.layout === 'over-refusal') reportOverRefusal(set)
  else if (promptsOf(set.rows) === trained) reportCrossValidation(set)
  else reportShipped(set)
  if (set.layout === 'openai') reportTime(set.rows)
}
if (files.length === 0) reportRisk(riskLines())
