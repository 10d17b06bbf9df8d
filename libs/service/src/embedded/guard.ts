import { spawn } from 'node:child_process'
import type { Socket } from 'node:net'

export interface GuardOptions {
  /** The process that must not outlive this one. */
  pid: number
  signal: 'INT' | 'KILL'
  /** The signal is sent only while this file exists: its absence says that another process has taken over. */
  onlyWhile?: string
  /** A folder that is deleted once the process is gone. */
  remove?: string
}

export interface Guard {
  /** Lets the process live on. */
  release(): void
}

const script = `read -r word
[ "$word" = release ] && exit 0
[ -z "$3" ] || [ -e "$3" ] || exit 0
kill -s "$2" "$1"
[ -z "$4" ] && exit 0
while kill -0 "$1" 2>/dev/null; do sleep 0.1; done
rm -rf -- "$4"`

/**
 * Ends a process when this one ends in whatever way, SIGKILL included: a waiting shell reads a pipe that only we hold
 * open. Where there is no POSIX shell (Windows) nothing is guarded.
 */
export function guardProcess(options: GuardOptions): Guard {
  if (process.platform === 'win32') return { release: () => undefined }
  const { pid, signal, onlyWhile = '', remove = '' } = options
  const shell = spawn('/bin/sh', ['-c', script, 'luna-guard', String(pid), signal, onlyWhile, remove], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
    cwd: '/',
    env: { PATH: '/usr/bin:/bin' },
  })
  shell.on('error', () => undefined)
  shell.unref()
  const pipe = shell.stdin as Socket
  pipe.on('error', () => undefined)
  pipe.unref()
  return { release: () => void pipe.end('release\n') }
}
