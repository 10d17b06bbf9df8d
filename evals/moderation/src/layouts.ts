import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { type ContentClass, direction } from '@luna/contracts'
import { parse } from 'csv-parse/sync'
import type { LabelledSet, Row } from './rows.ts'

/** Columns of OpenAI's release (Markov et al. 2022) and the class that each stands for. */
export const openaiColumns: Readonly<Record<string, ContentClass>> = {
  S: 'sexual',
  H: 'hate',
  V: 'violence',
  HR: 'harassment',
  SH: 'self-harm',
  S3: 'sexual/minors',
  H2: 'hate/threat',
  V2: 'violence/graphic',
}

type Record_ = Readonly<Record<string, unknown>>

/**
 * Reads a set by its columns: OpenAI's release (JSON or JSON Lines), XSTest, HateCheck and SimpleSafetyTests (CSV), or this
 * folder's own TSV of look-alikes.
 * @throws Error that names the columns found when it is none of them
 */
export function readSet(file: string): LabelledSet {
  const text = readFileSync(file, 'utf8').replace(/^\uFEFF/, '')
  const name = basename(file)
  if (file.endsWith('.tsv')) return { name, layout: 'over-refusal', rows: lookAlikes(text) }
  const records = recordsOf(text, file)
  const columns = Object.keys(records[0] ?? {})
  const has = (...names: string[]) => names.every(column => columns.includes(column))
  if (has('prompt', 'S', 'H', 'V')) return { name, layout: 'openai', rows: records.map(fromOpenAI) }
  if (has('functionality', 'test_case', 'label_gold'))
    return { name, layout: 'hatecheck', rows: records.map(fromHateCheck) }
  if (has('prompt', 'type') && (has('label') || has('focus')))
    return { name, layout: 'xstest', rows: records.map(fromXsTest) }
  if (has('prompt', 'harm_area'))
    return { name, layout: 'simple-safety-tests', rows: records.map(fromSimpleSafetyTests) }
  throw new Error(
    `${file} has the columns ${columns.join(', ') || '(none)'}. Known are OpenAI's release (prompt, S, H, V, ...), XSTest (prompt, type, label), HateCheck (functionality, test_case, label_gold) and SimpleSafetyTests (prompt, harm_area).`,
  )
}

function recordsOf(text: string, file: string): Record_[] {
  if (/\.csv$/i.test(file)) return parse(text, { columns: true, skip_empty_lines: true, relax_quotes: true })
  if (text.trimStart().startsWith('[')) return JSON.parse(text) as Record_[]
  return text
    .split('\n')
    .filter(line => line.trim() !== '')
    .map(line => JSON.parse(line) as Record_)
}

const text = (record: Record_, column: string): string => String(record[column] ?? '')

function fromOpenAI(record: Record_): Row {
  const labels: Row['labels'] = {}
  for (const [column, content] of Object.entries(openaiColumns)) {
    const value = record[column]
    if (value === '0' || value === '1' || value === 0 || value === 1) labels[content] = Number(value) === 1
  }
  return {
    text: text(record, 'prompt'),
    direction: 'person',
    any: Object.values(labels).some(Boolean),
    labels,
    group: '',
  }
}

const fromHateCheck = (record: Record_): Row => {
  const hateful = text(record, 'label_gold') === 'hateful'
  return {
    text: text(record, 'test_case'),
    direction: 'person',
    any: hateful,
    labels: { hate: hateful },
    group: text(record, 'functionality'),
  }
}

/** The contrast prompts are the unsafe ones, in both published versions. */
const fromXsTest = (record: Record_): Row => ({
  text: text(record, 'prompt'),
  direction: 'person',
  any: text(record, 'label') === 'unsafe' || text(record, 'type').startsWith('contrast'),
  labels: {},
  group: text(record, 'type'),
})

const fromSimpleSafetyTests = (record: Record_): Row => ({
  text: text(record, 'prompt'),
  direction: 'person',
  any: true,
  labels: {},
  group: text(record, 'harm_area'),
})

const lookAlikes = (content: string): Row[] =>
  content
    .split('\n')
    .filter(line => line.includes('\t'))
    .map(line => {
      const [from = '', written = ''] = line.split('\t')
      return { text: written, direction: direction.parse(from), any: false, labels: {}, group: from }
    })
