import { spawnSync } from 'node:child_process'
import { existsSync, realpathSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

/** How the child process is started: a program, what goes before its script, and which walls that puts up. */
export interface Launch {
  readonly execPath: string
  readonly execArgv: readonly string[]
  readonly shields: readonly string[]
}

const unshare = ['/usr/bin/unshare', '/bin/unshare'].find(existsSync)

/** A network namespace with nothing in it, where the system lets us make one. */
function withoutNetwork(): readonly string[] | null {
  if (process.platform !== 'linux' || !unshare) return null
  const tries =
    process.getuid?.() === 0
      ? [['--net']]
      : [
          ['--user', '--map-current-user', '--net'],
          ['--map-root-user', '--net'],
        ]
  return (
    tries.find(
      flags => spawnSync(unshare, [...flags, '--', 'true'], { stdio: 'ignore', timeout: 3_000 }).status === 0,
    ) ?? null
  )
}

/** Node's own permissions: the child may read its code and nothing else, write nothing and start nothing. */
function permissionFlags(entry: string): readonly string[] {
  const flags = process.allowedNodeEnvironmentFlags
  const flag = flags.has('--permission')
    ? '--permission'
    : flags.has('--experimental-permission')
      ? '--experimental-permission'
      : null
  if (flag === null || entry.endsWith('.ts')) return []
  const require = createRequire(import.meta.url)
  const modules = realpathSync(require.resolve('quickjs-emscripten')).replace(/(.*[\\/]node_modules)[\\/].*/, '$1')
  const own = realpathSync(dirname(dirname(entry)))
  const workspace = realpathSync(dirname(dirname(own)))
  return [flag, `--allow-fs-read=${modules}/*`, `--allow-fs-read=${workspace}/*`, '--allow-worker', '--no-warnings']
}

let found: Launch | null = null

/** Looked for once in a process, when the first sandbox is wanted. */
export function findLaunch(): Launch {
  if (found) return found
  const entry = fileURLToPath(sandboxEntry)
  const network = withoutNetwork()
  const permissions = permissionFlags(entry)
  const loader = entry.endsWith('.ts')
    ? ['--import', pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href]
    : []
  const node = [...permissions, ...loader, '--max-old-space-size=96']
  const shields = [
    'process',
    ...(network ? ['no network'] : []),
    ...(permissions.length > 0 ? ['node permissions'] : []),
  ]
  found =
    network && unshare
      ? { execPath: unshare, execArgv: [...network, '--', process.execPath, ...node], shields }
      : { execPath: process.execPath, execArgv: node, shields }
  return found
}

/** The script of the child, beside this file, built or not. */
export const sandboxEntry = new URL(
  import.meta.url.endsWith('.ts') ? './child/main.ts' : './child/main.js',
  import.meta.url,
)
