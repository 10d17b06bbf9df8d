import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { readlink } from 'node:fs/promises'
import { promisify } from 'node:util'
import { readIfThere } from './files.ts'

const run = promisify(execFile)

/** Whether a process of this id runs, whoever owns it. One that has ended but was not collected yet does not. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false
  }
  return !isZombie(pid)
}

function isZombie(pid: number): boolean {
  if (process.platform !== 'linux') return false
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return /^[ZX]/.test(stat.slice(stat.lastIndexOf(')') + 2))
  } catch {
    return false
  }
}

/**
 * A text that tells a process from a later one with the same id: boot and start time on Linux (proc_pid_stat(5), field
 * 22, counted after the command's closing bracket), start time elsewhere; undefined when the system does not say.
 */
export async function processIdentity(pid: number): Promise<string | undefined> {
  if (process.platform === 'linux') {
    const [stat, boot] = await Promise.all([
      readIfThere(`/proc/${pid}/stat`).catch(() => undefined),
      readIfThere('/proc/sys/kernel/random/boot_id'),
    ])
    const started = stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19]
    return started && `${boot?.trim()}/${started}`
  }
  if (process.platform === 'win32') return undefined
  const started = await run('ps', ['-o', 'lstart=', '-p', String(pid)]).catch(() => undefined)
  return started?.stdout.trim() || undefined
}

/** Names the space in which our process ids count (pid_namespaces(7)); undefined where there is only one. */
export async function pidSpace(): Promise<string | undefined> {
  return process.platform === 'linux' ? await readlink('/proc/self/ns/pid').catch(() => undefined) : undefined
}

/** The folder a process works in, or undefined when the system does not tell us. */
export async function workingDirectory(pid: number): Promise<string | undefined> {
  if (process.platform === 'linux') return await readlink(`/proc/${pid}/cwd`).catch(() => undefined)
  if (process.platform === 'win32') return undefined
  const lines = await run('lsof', ['-a', '-p', String(pid), '-d', 'cwd', '-Fn']).catch(() => undefined)
  return lines?.stdout.match(/^n(.+)$/m)?.[1]
}
