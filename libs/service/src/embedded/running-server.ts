import { execFile } from 'node:child_process'
import { isAlive } from './process-identity.ts'

/** A server process, whether we started or adopted it. */
export interface RunningServer {
  pid: number
  port: number
  /** True when it was found running and is not our child. */
  adopted: boolean
}

const fastMs = 60_000
const immediateMs = 10_000

/** Ends a server: connections are cut and everything is written (fast); when it hangs, ever harder. Waits for its end. */
export async function stopServer(pid: number, pgCtl: string, clusterDir: string): Promise<void> {
  if (process.platform === 'win32') {
    await new Promise<void>(resolve => {
      execFile(pgCtl, ['stop', '-D', clusterDir, '-m', 'fast', '-w'], () => resolve())
    })
    return
  }
  for (const [signal, patienceMs] of [
    ['SIGINT', fastMs],
    ['SIGQUIT', immediateMs],
    ['SIGKILL', immediateMs],
  ] as const) {
    if (!signalProcess(pid, signal) || (await goneWithin(pid, patienceMs))) return
  }
}

function signalProcess(pid: number, signal: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, signal)
  } catch {
    return false
  }
}

async function goneWithin(pid: number, patienceMs: number): Promise<boolean> {
  const deadline = Date.now() + patienceMs
  while (isAlive(pid)) {
    if (Date.now() > deadline) return false
    await new Promise(resolve => setTimeout(resolve, 5))
  }
  return true
}

/** Calls back once when the process is gone: an adopted one gives no other notice. Returns: stop looking. */
export function whenGone(pid: number, callback: () => void): () => void {
  const timer = setInterval(() => {
    if (isAlive(pid)) return
    clearInterval(timer)
    callback()
  }, 250)
  timer.unref()
  return () => clearInterval(timer)
}
