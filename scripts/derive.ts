/**
 * `npm run derive` writes every file that follows from the contracts; `--check` writes nothing and fails on any
 * difference. A change that breaks a published message is refused, unless `--unreleased` says that no release has it.
 */
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { asyncApiFaults } from './derive/check-asyncapi.ts'
import { derive, lockPath } from './derive/derived-files.ts'
import { firstDifference } from './derive/first-difference.ts'
import type { Lock } from './derive/lock.ts'
import { lockBreaks } from './derive/lock-breaks.ts'
import { read, root } from './repository.ts'

const { values } = parseArgs({ options: { check: { type: 'boolean' }, unreleased: { type: 'boolean' } } })
const derived = derive()
const faults = [...derived.faults, ...(await asyncApiFaults(derived.document))]

if (existsSync(join(root, lockPath)) && !values.unreleased)
  faults.push(...lockBreaks(JSON.parse(read(lockPath)) as Lock, derived.lock))

const stale = derived.files.filter(({ path, content }) => !existsSync(join(root, path)) || read(path) !== content)
if (values.check)
  for (const { path, content } of stale)
    faults.push(
      existsSync(join(root, path))
        ? `${path} is not up to date: ${firstDifference(read(path), content)}. Run \`npm run derive\` and commit it.`
        : `${path} is missing. Run \`npm run derive\` and commit it.`,
    )

if (faults.length > 0) {
  process.stderr.write(`${faults.map(fault => `  - ${fault}`).join('\n')}\n`)
  process.stderr.write(`derive: ${faults.length} fault${faults.length > 1 ? 's' : ''}, nothing written\n`)
  process.exitCode = 1
} else if (values.check) {
  process.stdout.write(`derive: ${derived.files.length} files up to date\n`)
} else {
  for (const { path, content } of stale) writeFileSync(join(root, path), content)
  process.stdout.write(`derive: ${stale.length} of ${derived.files.length} files written\n`)
}
