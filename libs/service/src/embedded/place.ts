import { execFile } from 'node:child_process'
import { createHash, randomUUID } from 'node:crypto'
import { cp, link, mkdir, rename, rm, stat, statfs, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { LunaError } from '@luna/contracts'
import { type Binaries, binariesIn } from './binaries.ts'
import { diskFull } from './server-fault.ts'
import type { ServerUser } from './server-user.ts'

const mib = 2 ** 20

/** Folders for a server's files when its user cannot reach the data directory: kept over a restart of the machine. */
const outsides = ['/var/lib', '/srv', '/opt', '/var/tmp']

/** Whether the user may walk into `dir` and, where named, run `program`. Asked of the system itself: modes, ACLs and mounts count. */
export async function canReach(user: ServerUser | undefined, dir: string, program?: string): Promise<boolean> {
  if (!user) return true
  const test = 'cd "$1" && { [ -z "$2" ] || [ -x "$2" ]; }'
  return await new Promise(resolve => {
    execFile('/bin/sh', ['-c', test, 'sh', dir, program ?? ''], { ...user, cwd: '/', env: {} }, error =>
      resolve(!error),
    )
  })
}

/**
 * Makes a folder outside for the files of a data directory, in the first place where that is possible.
 * @throws LunaError `unavailable` when there is none.
 */
export async function makeOutside(dataDir: string, user: ServerUser): Promise<string> {
  const name = `luna-${createHash('sha256').update(`${dataDir}\n${randomUUID()}`).digest('hex').slice(0, 12)}`
  for (const base of outsides) {
    const dir = join(base, name)
    try {
      await mkdir(dir, { mode: 0o711 })
    } catch {
      continue
    }
    if (await canReach(user, dir)) {
      await writeFile(join(dir, 'belongs-to'), `${dataDir}\n`)
      return dir
    }
    await rm(dir, { recursive: true })
  }
  throw new LunaError(
    'unavailable',
    `PostgreSQL does not run as root, and its user can reach neither ${dataDir} nor any of ${outsides.join(', ')}. Set LUNA_DATA_DIR to a directory that others may enter, or start Luna as an ordinary user.`,
  )
}

/** The binaries where the server's user can run them: as installed, else linked or copied (60 MB) into `filesDir`. */
export async function reachableBinaries(
  installed: Binaries,
  filesDir: string,
  user: ServerUser | undefined,
): Promise<Binaries> {
  if (await canReach(user, join(installed.root, 'share'), installed.postgres)) return installed
  const copy = binariesIn(join(filesDir, `postgresql-${installed.version}`), installed.version)
  if (await stat(copy.root).catch(() => undefined)) return copy
  const draft = `${copy.root}.new`
  await rm(draft, { recursive: true, force: true })
  await requireSpace(filesDir, 80 * mib)
  await linkOrCopy(installed.root, draft)
  await rename(draft, copy.root)
  return copy
}

async function linkOrCopy(from: string, to: string): Promise<void> {
  const linkable = await link(binariesIn(from, '').postgres, `${to}.try`).then(
    () => true,
    () => false,
  )
  await rm(`${to}.try`, { force: true })
  await cp(from, to, {
    recursive: true,
    verbatimSymlinks: true,
    filter: async (source, target) => {
      if (source.endsWith('.a')) return false
      const entry = await stat(source)
      if (!linkable || !entry.isFile()) return true
      await mkdir(dirname(target), { recursive: true })
      await link(source, target)
      return false
    },
  })
}

/** @throws LunaError `unavailable` when the disk that holds `dir` has less than this many bytes left. */
export async function requireSpace(dir: string, bytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(dir)
  if (bavail * bsize < bytes) throw diskFull(dir, bavail * bsize, bytes)
}
