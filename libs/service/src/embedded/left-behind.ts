import { realpath, rm, writeFile } from 'node:fs/promises'
import type { Cluster } from './cluster.ts'
import { readIfThere } from './files.ts'
import { administratorUrl } from './password.ts'
import { type PostmasterFile, parsePostmasterFile, postmasterFile } from './postmaster-file.ts'
import { isAlive, workingDirectory } from './process-identity.ts'
import { type RunningServer, stopServer } from './running-server.ts'

export interface TakeOver {
  /** The name that a server with our version and settings shows. */
  clusterName: string
  password: string
  /** The port that was asked for, where one was. */
  port: number | undefined
}

/**
 * What to do with a server that a killed process left on this cluster: adopted when it runs as we would run it, stopped
 * when not. A process that only happens to have the recorded id is left alone.
 * @returns the adopted server, or undefined when a new one is to be started
 */
export async function takeOverLeftBehind(
  cluster: Cluster,
  ours: TakeOver,
  tell: (text: string) => void,
): Promise<RunningServer | undefined> {
  const text = await readIfThere(postmasterFile(cluster.dir))
  if (text === undefined) return undefined
  const left = parsePostmasterFile(text)
  if (!left) {
    await rm(postmasterFile(cluster.dir))
    return undefined
  }
  if (!isAlive(left.pid) || !(await serves(left, cluster.dir, ours.password))) {
    await disown(cluster.dir, text)
    return undefined
  }
  if (left.status === 'ready' && (!ours.port || ours.port === left.port)) {
    const shown = await ask(left.port, ours.password)
    if (shown?.clusterName === ours.clusterName) {
      tell(`Took over the PostgreSQL server that an earlier run left behind (process ${left.pid})`)
      return { pid: left.pid, port: left.port, adopted: true }
    }
  }
  tell(`Stopping the PostgreSQL server that an earlier run left behind (process ${left.pid})`)
  await stopServer(left.pid, cluster.binaries.pgCtl, cluster.dir)
  return undefined
}

/** Whether this process is the server of this very cluster: by the folder it works in, else by what it says itself. */
async function serves(left: PostmasterFile, clusterDir: string, password: string): Promise<boolean> {
  const here = await realpath(clusterDir)
  const folder = await workingDirectory(left.pid)
  if (folder !== undefined) return folder === here
  const shown = await ask(left.port, password)
  return shown !== undefined && (await realpath(shown.dataDirectory).catch(() => '')) === here
}

async function ask(
  port: number,
  password: string,
): Promise<{ clusterName: string; dataDirectory: string } | undefined> {
  const { default: pg } = await import('pg')
  const client = new pg.Client({ connectionString: administratorUrl(password, port), connectionTimeoutMillis: 5_000 })
  client.on('error', () => undefined)
  try {
    await client.connect()
    const { rows } = await client.query<{ clusterName: string; dataDirectory: string }>(
      `SELECT current_setting('cluster_name') AS "clusterName", current_setting('data_directory') AS "dataDirectory"`,
    )
    return rows[0]
  } catch {
    return undefined
  } finally {
    await client.end().catch(() => undefined)
  }
}

/**
 * Makes the next server pass over the recorded process: it ignores an id that is its own parent's (CreateLockFile in
 * miscinit.c) but still refuses while a process of the old server holds the recorded shared memory.
 */
async function disown(clusterDir: string, text: string): Promise<void> {
  await writeFile(postmasterFile(clusterDir), text.replace(/^\d+/, String(process.pid)))
}
