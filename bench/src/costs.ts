import { parseArgs } from 'node:util'
import { round } from './kit/numbers.ts'
import { type CostOptions, turnCosts } from './measures/turn-costs.ts'

/**
 * `node --conditions=source --import tsx bench/src/costs.ts [--turns 1000] [--chats 50] [--probe none|count|profile]`: what
 * one turn costs each process. Processor time is only true with `--probe none`, on a machine that does nothing else.
 */
const { values } = parseArgs({
  options: {
    turns: { type: 'string', default: '1000' },
    chats: { type: 'string', default: '50' },
    tokens: { type: 'string', default: '200' },
    probe: { type: 'string', default: 'none' },
    statements: { type: 'boolean', default: false },
  },
})

const write = (text: string) => process.stdout.write(`${text}\n`)
const { costs, dir } = await turnCosts({
  turns: Number(values.turns),
  chats: Number(values.chats),
  tokens: Number(values.tokens),
  probe: values.probe as CostOptions['probe'],
})
write(
  `${'process'.padEnd(26)}${'CPU ms'.padStart(9)}${'statements'.padStart(12)}${'writes'.padStart(9)}${'reads'.padStart(9)}${'bytes'.padStart(10)}`,
)
let luna = 0
for (const { name, cpuMs, statements, writes, reads, bytes } of costs) {
  const sent = round(
    Object.values(statements).reduce((sum, count) => sum + count, 0),
    1,
  )
  if (!name.includes('postgres') && !name.includes('server')) luna += cpuMs
  write(
    `${name.padEnd(26)}${String(cpuMs).padStart(9)}${String(sent).padStart(12)}${String(writes).padStart(9)}${String(reads).padStart(9)}${String(bytes).padStart(10)}`,
  )
}
write(`Luna's processes: ${round(luna, 2)} ms a turn, ${round(1_000 / luna, 1)} turns a core-second`)
if (values.statements)
  for (const { name, statements } of costs)
    for (const [text, count] of Object.entries(statements)) write(`${name}\t${count}\t${text}`)
if (values.probe === 'profile') write(`profiles in ${dir}`)
process.exit(0)
