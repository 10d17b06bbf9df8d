import { stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { LunaError } from '@luna/contracts'
import { findBinaries } from './binaries.ts'
import { type Cluster, hasCluster, initCluster, resetPassword } from './cluster.ts'
import { openDataDir, readState, type State, writeState } from './data-dir.ts'
import { type DirLock, lockDir } from './dir-lock.ts'
import { readIfThere } from './files.ts'
import { guardProcess } from './guard.ts'
import { launchServer } from './launch-server.ts'
import { takeOverLeftBehind } from './left-behind.ts'
import { capLog } from './log-file.ts'
import { administratorUrl, readPassword } from './password.ts'
import { canReach, makeOutside, reachableBinaries, requireSpace } from './place.ts'
import { freePort, isFree } from './ports.ts'
import { type RunningServer, stopServer, whenGone } from './running-server.ts'
import { type ServerSettings, serverArguments } from './server-settings.ts'
import { serverUser } from './server-user.ts'

/** As much of a pino logger as is used here. */
export interface EmbeddedLog {
  info(fields: object, message: string): void
  error(fields: object, message: string): void
}

export interface EmbeddedPostgresOptions {
  /** Made when missing. Holds the password, the lock and, where the server's user can reach it, the database itself. */
  dataDir: string
  /** On 127.0.0.1. Without it: the port of the last start where that is free, else any free one. */
  port?: number
  log: EmbeddedLog
  /** One line for a person, for what takes long or happens elsewhere than expected. */
  onProgress?: (text: string) => void
  /** PostgreSQL settings over the defaults in server-settings.ts. */
  settings?: ServerSettings
  /** Told once when the server ends though nobody called `stop`. */
  onLost?: (error: LunaError) => void
  /** What becomes of the server when this process is killed: stopped by a guard, or left for the next start to adopt. */
  whenKilled?: 'stop' | 'leave'
}

export interface EmbeddedPostgres {
  /** The administrator's DATABASE_URL, password included. */
  url: string
  port: number
  pid: number
  /** Where the database, the log and copied binaries lie: `dataDir`, or a folder outside. */
  filesDir: string
  /** True when a server that an earlier run left behind goes on. */
  adopted: boolean
  /** Fast shutdown: connections are cut, all is written, the lock is given back. May be called again. */
  stop(): Promise<void>
}

const mib = 2 ** 20
const initBytes = 128 * mib
const startBytes = 24 * mib

/**
 * Starts the PostgreSQL server that embedded mode stores everything in, or takes over the one left by a killed run.
 * @throws LunaError `invalid` (directory unusable, of another version), `conflict` (in use by another process),
 * `unavailable` (no binaries, full disk, taken port, no user to run as) or `timeout`; the message says what to do
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const dataDir = await openDataDir(resolve(options.dataDir))
  await refuseForeignCluster(dataDir)
  const tell = (text: string) => {
    options.log.info({ dataDir }, text)
    options.onProgress?.(text)
  }
  const lock = await lockDir(dataDir, tell)
  try {
    return await startLocked(options, dataDir, lock, tell)
  } catch (error) {
    await lock.release()
    throw error
  }
}

async function startLocked(
  options: EmbeddedPostgresOptions,
  dataDir: string,
  lock: DirLock,
  tell: (text: string) => void,
): Promise<EmbeddedPostgres> {
  const state = await readState(dataDir)
  const cluster = await locate(dataDir, state, tell)
  const { password, made } = await readPassword(dataDir)
  const { args, clusterName } = serverArguments(options.settings ?? {}, cluster.binaries.version)
  let server: RunningServer | undefined
  if (await hasCluster(cluster)) {
    await requireSpace(cluster.filesDir, startBytes)
    server = await takeOverLeftBehind(cluster, { clusterName, password, port: options.port }, tell)
    if (made && !server) await resetPassword(cluster, password)
  } else {
    await requireSpace(cluster.filesDir, initBytes)
    tell(`Making the database in ${cluster.filesDir}`)
    await initCluster(cluster, password, options.settings?.['fsync'] !== 'off')
  }
  const uncap = await capLog(cluster.logFile)
  try {
    server ??= await launch(cluster, options.port, state.port, args)
    if (state.port !== server.port) await writeState(dataDir, { ...(await readState(dataDir)), port: server.port })
  } catch (error) {
    uncap()
    if (server) await stopServer(server.pid, cluster.binaries.pgCtl, cluster.dir)
    throw error
  }
  const { pid, port } = server
  const guard = options.whenKilled === 'leave' ? undefined : guardProcess({ pid, signal: 'INT', onlyWhile: lock.file })
  const release = async () => {
    forget()
    uncap()
    guard?.release()
    await lock.release()
  }
  let stopping: Promise<void> | undefined
  const forget = whenGone(pid, () => {
    if (stopping) return
    stopping = release()
    const error = new LunaError(
      'unavailable',
      `The embedded PostgreSQL server (process ${pid}) has ended. ${cluster.logFile} says why; start Luna again.`,
    )
    options.log.error({ pid, logFile: cluster.logFile }, error.message)
    options.onLost?.(error)
  })
  return {
    url: administratorUrl(password, port),
    port,
    pid,
    filesDir: cluster.filesDir,
    adopted: server.adopted,
    stop() {
      stopping ??= stopServer(pid, cluster.binaries.pgCtl, cluster.dir).finally(release)
      return stopping
    },
  }
}

/** Where everything lies: in the data directory, or outside where the server's user can reach it. */
async function locate(dataDir: string, state: State, tell: (text: string) => void): Promise<Cluster> {
  const installed = await findBinaries()
  let filesDir = state.filesDir ?? dataDir
  if (!(await stat(filesDir).catch(() => undefined))) {
    throw new LunaError(
      'unavailable',
      `The database should lie in ${filesDir}, but there is no such directory. Mount or restore it; to begin with an empty database, delete state.json in ${dataDir}.`,
    )
  }
  const user = await serverUser(join(filesDir, 'cluster'))
  if (user && !(await canReach(user, filesDir))) {
    if (state.filesDir || (await stat(join(filesDir, 'cluster')).catch(() => undefined))) {
      throw new LunaError(
        'invalid',
        `The database lies in ${filesDir}, which the user it belongs to (id ${user.uid}) may no longer enter. Let others enter every folder on that path: chmod o+x.`,
      )
    }
    filesDir = await makeOutside(dataDir, user)
    await writeState(dataDir, { ...state, filesDir })
  }
  const binaries = await reachableBinaries(installed, filesDir, user)
  if (filesDir !== dataDir) {
    tell(`The database lies in ${filesDir}, since the user PostgreSQL runs as cannot enter ${dataDir}`)
  }
  return { dir: join(filesDir, 'cluster'), filesDir, logFile: join(filesDir, 'server.log'), binaries, user }
}

async function launch(cluster: Cluster, asked: number | undefined, last: number | undefined, args: string[]) {
  if (asked !== undefined) return await launchServer(cluster, asked, args)
  const port = last !== undefined && (await isFree(last)) ? last : await freePort()
  try {
    return await launchServer(cluster, port, args)
  } catch (error) {
    if (error instanceof LunaError && error.details?.['port'] === port) {
      return await launchServer(cluster, await freePort(), args)
    }
    throw error
  }
}

async function refuseForeignCluster(dataDir: string): Promise<void> {
  const version = (await readIfThere(join(dataDir, 'PG_VERSION')))?.trim()
  if (version === undefined) return
  throw new LunaError(
    'invalid',
    `${dataDir} is itself a data directory of PostgreSQL ${version}, not one of Luna's. Set LUNA_DATA_DIR to another directory, or start that server and set DATABASE_URL.`,
  )
}
