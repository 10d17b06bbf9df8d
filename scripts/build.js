// `npm run build`: compiles what is stale. The compiler knows by itself; the bundle and the web page are built again when
// a source of theirs is newer.
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { isBundleCurrent } from '../apps/luna/bin/entry.js'

const root = join(fileURLToPath(new URL('.', import.meta.url)), '..')
const built = join(root, 'apps/web/dist/index.html')
const sources = [
  'apps/web/index.html',
  'apps/web/vite.config.ts',
  'apps/web/package.json',
  'apps/web/public',
  'apps/web/src',
  'libs/client/src',
  'libs/contracts/src',
]

function newest(path) {
  if (!existsSync(path)) return 0
  const found = statSync(path)
  if (!found.isDirectory()) return found.mtimeMs
  return Math.max(found.mtimeMs, ...readdirSync(path).map(name => newest(join(path, name))))
}

function run(command, args) {
  const { status } = spawnSync(command, args, { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' })
  if (status !== 0) process.exit(status ?? 1)
}

run('npx', ['tsc', '-b'])
if (!isBundleCurrent()) run(process.execPath, ['scripts/bundle.js'])
const isStale =
  !existsSync(built) || Math.max(...sources.map(path => newest(join(root, path)))) > statSync(built).mtimeMs
if (isStale) run('npm', ['run', 'build', '--silent', '--workspace', '@luna/web'])
