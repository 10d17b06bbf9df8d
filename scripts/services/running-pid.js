import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The pid in a service's pid file, if such a process lives; null otherwise. */
export function runningPid(dataDir, name) {
  try {
    const pid = Number(readFileSync(join(dataDir, `${name}.pid`), 'utf8'))
    process.kill(pid, 0)
    return pid
  } catch {
    return null
  }
}
