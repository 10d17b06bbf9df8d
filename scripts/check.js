// `npm run check [name...]`: every check of the repository, each a script `check:<name>`; ends with `N passed, N failed`.
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(fileURLToPath(new URL('.', import.meta.url)), '..')
const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
const all = Object.keys(scripts).flatMap(name => (name.startsWith('check:') ? [name.slice('check:'.length)] : []))
const wanted = process.argv.slice(2)
const unknown = wanted.filter(name => !all.includes(name))
if (unknown.length > 0) {
  console.error(`There is no check ${unknown.join(', ')}; there are ${all.join(', ')}.`)
  process.exit(2)
}

const env = { ...process.env, TURBO_TELEMETRY_DISABLED: '1', FORCE_COLOR: '0' }
const failed = []
for (const name of wanted.length > 0 ? wanted : all) {
  const startedAt = Date.now()
  const run = spawnSync('npm', ['run', '--silent', `check:${name}`], {
    cwd: root,
    env,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    shell: process.platform === 'win32',
  })
  const seconds = ((Date.now() - startedAt) / 1_000).toFixed(1)
  if (run.status === 0) {
    console.log(`  ok      ${name} (${seconds} s)`)
    const skips = run.stdout.split('\n').filter(line => line.startsWith('skipped: '))
    for (const line of skips) console.log(`          ${line}`)
  } else {
    failed.push(name)
    console.log(`  FAILED  ${name} (${seconds} s): npm run check:${name}`)
    console.log(
      `${run.stdout}${run.stderr}`
        .replace(/^npm warn.*\n/gm, '')
        .trimEnd()
        .replace(/^/gm, '    '),
    )
  }
}
const total = wanted.length || all.length
console.log(`${total - failed.length} passed, ${failed.length} failed`)
process.exitCode = failed.length > 0 ? 1 : 0
