import { spawn } from 'node:child_process'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

const firstPauseMs = 500
const longestPauseMs = 10_000
const steadyMs = 30_000

/** How a service ends when its settings are wrong: starting it again would not help. */
const wrongSettings = 2

/**
 * Keeps one process running: prefixes its output, writes its pid file, starts it again when it dies, later each time.
 * @param {{ name: string, entry: string, env: NodeJS.ProcessEnv, cwd: string, dataDir: string, restarts: boolean,
 *   say: (line: string) => void, onGivenUp: (code: number) => void }} options
 */
export function supervise({ name, entry, env, cwd, dataDir, restarts, say, onGivenUp }) {
  const pidFile = join(dataDir, `${name}.pid`)
  let child
  let timer
  let isStopping = false
  let pauseMs = firstPauseMs
  let ended = Promise.resolve()

  function launch() {
    const startedAt = performance.now()
    child = spawn(process.execPath, [entry], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], detached: true })
    if (child.pid !== undefined) writeFileSync(pidFile, `${child.pid}\n`)
    for (const stream of [child.stdout, child.stderr])
      createInterface({ input: stream }).on('line', line => say(`${name.padEnd(12)} ${line}`))
    ended = new Promise(resolve => {
      child.once('error', error => {
        say(`${name.padEnd(12)} could not be started: ${error.message}`)
        resolve()
      })
      child.once('exit', (code, signal) => {
        rmSync(pidFile, { force: true })
        resolve()
        if (isStopping) return
        say(`${name.padEnd(12)} ended by itself (${signal ?? `exit code ${code}`})`)
        if (code === wrongSettings || !restarts) return onGivenUp(code ?? 1)
        if (performance.now() - startedAt > steadyMs) pauseMs = firstPauseMs
        timer = setTimeout(launch, pauseMs)
        pauseMs = Math.min(pauseMs * 2, longestPauseMs)
      })
    })
  }

  launch()
  return {
    name,
    isRunning: () => child.exitCode === null && child.signalCode === null,
    /** Asks it to drain, and waits until it has. */
    async stop() {
      isStopping = true
      clearTimeout(timer)
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM')
      await ended
    },
    kill: () => child.kill('SIGKILL'),
  }
}
