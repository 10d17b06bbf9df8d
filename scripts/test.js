// `npm test [filter...]`: builds what is stale, runs every test and ends with a line `N passed, N failed, N skipped`.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { judge } from './test/judge.js'

const root = join(fileURLToPath(new URL('.', import.meta.url)), '..')
const isCi = Boolean(process.env.CI) && process.env.CI !== 'false'
const scratch = mkdtempSync(join(tmpdir(), 'luna-test-'))
const summaryFile = join(scratch, 'summary.json')
const options = { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' }

const built = spawnSync(process.execPath, ['scripts/build.js'], options)
if (built.status !== 0) {
  console.log('The build failed, so no test was run.')
  console.log('0 passed, 1 failed, 0 skipped')
  process.exit(1)
}

const reporters = ['--reporter=default', '--reporter=./scripts/test/summary-reporter.js']
const { status } = spawnSync('npx', ['vitest', 'run', ...reporters, ...process.argv.slice(2)], {
  ...options,
  env: { ...process.env, LUNA_TEST_SUMMARY: summaryFile },
})
const summary = existsSync(summaryFile)
  ? JSON.parse(readFileSync(summaryFile, 'utf8'))
  : { passed: 0, failed: 0, skipped: [], broken: ['vitest ended before it had anything to tell'] }
rmSync(scratch, { recursive: true, force: true })

const { lines, isGood } = judge(summary, { ci: isCi })
console.log(`\n${lines.join('\n')}`)
process.exitCode = isGood && status === 0 ? 0 : 1
