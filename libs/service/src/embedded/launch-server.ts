import { type ChildProcess, spawn } from 'node:child_process'
import { open, stat } from 'node:fs/promises'
import { LunaError } from '@luna/contracts'
import type { Cluster } from './cluster.ts'
import { readLogSince } from './log-file.ts'
import { readPostmasterFile } from './postmaster-file.ts'
import { serverEnvironment } from './run-program.ts'
import { type RunningServer, stopServer } from './running-server.ts'
import { serverFault } from './server-fault.ts'

/** Recovery after a power cut may replay all of max_wal_size first. */
const readyMs = 120_000

/**
 * Starts a server on a cluster and waits until it takes connections. It runs in a session of its own: Ctrl-C in the
 * terminal reaches us alone, and it is we who stop it.
 * @throws LunaError as `serverFault` says, `timeout` when it is not ready in two minutes
 */
export async function launchServer(
  cluster: Cluster,
  port: number,
  settings: readonly string[],
): Promise<RunningServer> {
  const { binaries, dir, filesDir, logFile, user } = cluster
  const before = (await stat(logFile).catch(() => undefined))?.size ?? 0
  const log = await open(logFile, 'a', 0o600)
  let child: ChildProcess
  try {
    child = spawn(binaries.postgres, ['-D', dir, '-p', String(port), ...settings], {
      ...user,
      cwd: '/',
      env: serverEnvironment,
      stdio: ['ignore', 'ignore', log.fd],
      detached: true,
      windowsHide: true,
    })
    await new Promise<void>((resolve, reject) => child.once('spawn', resolve).once('error', reject))
  } catch (cause) {
    throw new LunaError('unavailable', `PostgreSQL could not be run: ${(cause as Error).message}.`, { cause })
  } finally {
    await log.close()
  }
  const ended = () => child.exitCode !== null || child.signalCode !== null
  if (await isReady(dir, child.pid as number, ended)) {
    child.unref()
    return { pid: child.pid as number, port, adopted: false }
  }
  if (ended()) throw serverFault(await readLogSince(logFile, before), { filesDir, logFile, port })
  await stopServer(child.pid as number, binaries.pgCtl, dir)
  throw new LunaError('timeout', `PostgreSQL was not ready after ${readyMs / 1000} s. ${logFile} says why.`)
}

async function isReady(clusterDir: string, pid: number, ended: () => boolean): Promise<boolean> {
  const deadline = Date.now() + readyMs
  while (!ended() && Date.now() < deadline) {
    const file = await readPostmasterFile(clusterDir)
    if (file?.pid === pid && file.status === 'ready') return true
    await new Promise(resolve => setTimeout(resolve, 4))
  }
  return false
}
