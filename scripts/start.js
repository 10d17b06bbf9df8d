// `npm start` on a fresh clone: installs and builds what is missing, then starts. Plain JavaScript without dependencies,
// because nothing is installed yet when it runs.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const stamps = join(root, 'node_modules', '.luna')

const [major, minor] = process.versions.node.split('.').map(Number)
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Luna needs Node 20.19 or newer; this is ${process.version}. Install a newer one and start again.`)
  process.exit(1)
}

const stampFile = name => join(stamps, name)
const isCurrent = (name, hash) => existsSync(stampFile(name)) && readFileSync(stampFile(name), 'utf8') === hash
function keep(name, hash) {
  mkdirSync(stamps, { recursive: true })
  writeFileSync(stampFile(name), hash)
}

function step(label, command, args) {
  const startedAt = Date.now()
  process.stdout.write(`  ${label} …\n`)
  const { status } = spawnSync(command, args, {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
  })
  if (status !== 0) {
    console.error(`\n  ${label} failed. What it says above is the reason; mend it and run npm start again.`)
    process.exit(status ?? 1)
  }
  process.stdout.write(`  ${label}: done in ${Math.round((Date.now() - startedAt) / 1000)} s\n`)
}

/** Names, sizes and times of all sources: what a build follows from. */
function sourcesHash() {
  const hash = createHash('sha256')
  const visit = folder => {
    for (const entry of readdirSync(folder, { withFileTypes: true }).toSorted((a, b) => a.name.localeCompare(b.name))) {
      if (entry.name === 'node_modules' || entry.name === 'dist' || entry.name.startsWith('.')) continue
      const path = join(folder, entry.name)
      if (entry.isDirectory()) visit(path)
      else if (!/\.test\.tsx?$|\.tsbuildinfo$|\.md$/.test(entry.name)) {
        const { size, mtimeMs } = statSync(path)
        hash.update(`${path} ${size} ${mtimeMs}\n`)
      }
    }
  }
  for (const folder of ['libs', 'services', 'apps']) visit(join(root, folder))
  return hash.update(readFileSync(join(root, 'package-lock.json'))).digest('hex')
}

const lockHash = createHash('sha256')
  .update(readFileSync(join(root, 'package-lock.json')))
  .digest('hex')
const installed = existsSync(join(root, 'node_modules', '@luna', 'service'))
const outdated = existsSync(stampFile('installed')) && !isCurrent('installed', lockHash)
if (!installed || outdated) {
  step('Installing packages (a minute or two, the first time)', 'npm', [
    'ci',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
  ])
}
keep('installed', lockHash)
const sources = sourcesHash()
if (!existsSync(join(root, 'apps/luna/dist/main.js')) || !isCurrent('built', sources)) {
  step('Building', 'npm', ['run', 'build', '--silent'])
  keep('built', sources)
}

const { load } = await import('../apps/luna/bin/entry.js')
const { runCommandLine } = await load()
await runCommandLine(
  [process.execPath, 'luna', ...(process.argv.length > 2 ? process.argv.slice(2) : ['start'])],
  process.env,
)
