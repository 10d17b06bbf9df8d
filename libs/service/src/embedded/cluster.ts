import { chown, mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { LunaError } from '@luna/contracts'
import type { Binaries } from './binaries.ts'
import { readIfThere } from './files.ts'
import { administrator } from './password.ts'
import { runProgram } from './run-program.ts'
import { serverFault, wrongVersion } from './server-fault.ts'
import type { ServerUser } from './server-user.ts'

/** A cluster of databases on disk, and how to act on it. */
export interface Cluster {
  /** PostgreSQL's own data directory. */
  dir: string
  filesDir: string
  logFile: string
  binaries: Binaries
  user: ServerUser | undefined
}

/** Password sign-in over the loopback address; nobody else gets as far as being asked. */
const hostRules = 'host all all 127.0.0.1/32 scram-sha-256\n'

/**
 * Whether the directory holds a cluster that these binaries can run.
 * @throws LunaError `invalid` when it is one of another major version.
 */
export async function hasCluster({ dir, filesDir, binaries }: Cluster): Promise<boolean> {
  const version = (await readIfThere(join(dir, 'PG_VERSION')))?.trim()
  if (version === undefined) return false
  if (version !== binaries.major) throw wrongVersion(filesDir, version, binaries.major)
  return true
}

/** Makes a cluster under another name and then renames it, so that one half made is never taken for whole. */
export async function initCluster(cluster: Cluster, password: string, durable: boolean): Promise<void> {
  const { binaries, user, filesDir } = cluster
  const draft = `${cluster.dir}.new`
  const passwordFile = join(filesDir, 'password.new')
  const give = async (path: string) => (user ? await chown(path, user.uid, user.gid) : undefined)
  await rm(draft, { recursive: true, force: true, maxRetries: 10 })
  await mkdir(draft, { mode: 0o700 })
  await give(draft)
  await rm(passwordFile, { force: true })
  await writeFile(passwordFile, `${password}\n`, { mode: 0o600 })
  await give(passwordFile)
  const { code, output } = await runProgram(
    binaries.initdb,
    [
      `--pgdata=${draft}`,
      `--username=${administrator}`,
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale=C',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--wal-segsize=4',
      ...(durable ? [] : ['--no-sync']),
    ],
    user,
  ).finally(() => rm(passwordFile, { force: true }))
  if (code !== 0) {
    await rm(draft, { recursive: true, force: true })
    throw serverFault(output, { filesDir, logFile: cluster.logFile })
  }
  await writeFile(join(draft, 'pg_hba.conf'), hostRules)
  await rename(draft, cluster.dir)
}

/** Gives the administrator this password, on a cluster whose server does not run (postgres(1), single-user mode). */
export async function resetPassword(cluster: Cluster, password: string): Promise<void> {
  const { code, output } = await runProgram(
    cluster.binaries.postgres,
    ['--single', '-D', cluster.dir, administrator],
    cluster.user,
    `ALTER ROLE "${administrator}" PASSWORD '${password}'\n`,
  )
  if (code === 0 && !/\bERROR:/.test(output)) return
  throw new LunaError(
    'internal',
    `The lost password of the database in ${cluster.filesDir} could not be replaced: ${output.trim().split('\n').at(-1)}`,
  )
}
