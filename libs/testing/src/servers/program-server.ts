import { type ChildProcess, spawn } from 'node:child_process'
import { open, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { freePort, type Guard, guardProcess } from '@luna/service/embedded'
import { scratchDir } from '../scratch-dir.ts'
import { waitFor } from '../wait-for.ts'
import type { NeededServer, NeedOptions, Source } from './need.ts'
import type { ServerKind } from './server-kind.ts'

const startMs = 20_000
const portTries = 3

interface Running {
  child: ChildProcess
  guard: Guard
  exited: Promise<void>
}

/** Runs a server's program on a free port with its own folder; it dies with this process, whatever ends that. */
export async function startProgram(
  kind: ServerKind,
  program: string,
  source: Source,
  options: NeedOptions,
): Promise<NeededServer> {
  const dir = await scratchDir(kind.program)
  let running: Running | undefined
  const kill = async () => {
    const { child, exited, guard } = running ?? {}
    running = undefined
    guard?.release()
    child?.kill('SIGKILL')
    await exited
  }
  const start = async (port: number) => {
    running = await launch(kind, program, port, dir.path, options.args ?? [])
    const { child } = running
    await waitFor(() => child.exitCode !== null || kind.answers('127.0.0.1', port), {
      timeoutMs: startMs,
      message: `${kind.program} to answer on port ${port}`,
    })
    if (child.exitCode === null) return
    const log = await readFile(join(dir.path, 'server.log'), 'utf8')
    await kill()
    throw new Error(`${program} ended with code ${child.exitCode} instead of starting: ${log.trim().slice(-500)}`)
  }
  const stop = async () => {
    await kill()
    await dir.remove()
  }
  try {
    const port = await startOnFreePort(start)
    const restart = async () => {
      await kill()
      await start(port)
    }
    return { available: true, name: kind.name, url: kind.urlOf('127.0.0.1', port), port, source, kill, restart, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

async function startOnFreePort(start: (port: number) => Promise<void>): Promise<number> {
  for (let tries = 1; ; tries++) {
    const port = await freePort()
    try {
      await start(port)
      return port
    } catch (error) {
      if (tries === portTries) throw error
    }
  }
}

async function launch(
  kind: ServerKind,
  program: string,
  port: number,
  dir: string,
  args: readonly string[],
): Promise<Running> {
  const log = await open(join(dir, 'server.log'), 'a')
  const child = spawn(program, [...kind.args(port, dir), ...args], {
    cwd: dir,
    env: { PATH: process.env['PATH'], HOME: dir, ...kind.environment?.(port, dir) },
    stdio: ['ignore', log.fd, log.fd],
  })
  const exited = new Promise<void>(resolve => child.once('exit', () => resolve()))
  await new Promise((resolve, reject) => child.once('spawn', resolve).once('error', reject)).finally(() => log.close())
  child.unref()
  return { child, exited, guard: guardProcess({ pid: child.pid as number, signal: 'KILL', remove: dir }) }
}
