import { LunaError } from '@luna/contracts'
import type { Logger } from '@luna/service'
import type { SandboxJob } from './protocol.ts'
import { type HostAnswer, type SandboxEnd, type SandboxProcess, startSandbox } from './sandbox-process.ts'

/** Runs code from outside, each run in a process of its own rank: at most `size` at once, one kept warm. */
export interface Sandboxes {
  /** @throws LunaError `unavailable` when too many wait or none can be started */
  run(job: SandboxJob, answer: HostAnswer, signal: AbortSignal): Promise<SandboxEnd>
  stop(): Promise<void>
}

interface Waiting {
  take(process: SandboxProcess): void
  fail(error: unknown): void
}

/** Runs that wait for a process at most. */
const mostWaiting = 200
/** Runs of one process: V8 gives the address space of WebAssembly memories back late. */
const mostRuns = 50
/** Milliseconds that a process stays without work, but for the last one, which stays ten times as long. */
const idleMs = 30_000

export function createSandboxes(size: number, log: Logger): Sandboxes {
  const idle: SandboxProcess[] = []
  const waiting: Waiting[] = []
  const runs = new WeakMap<SandboxProcess, number>()
  let count = 0
  let stopped = false
  let told = false
  const timers = new Set<NodeJS.Timeout>()

  async function start(): Promise<SandboxProcess> {
    count += 1
    try {
      const process = await startSandbox()
      if (!told) log.info({ shields: process.shields }, 'the sandbox for plugins is ready')
      told = true
      return process
    } catch (cause) {
      count -= 1
      throw new LunaError('unavailable', 'No sandbox can be started on this machine, so code of plugins can not run.', {
        cause,
      })
    }
  }

  function serveNext(): void {
    const [next] = waiting
    if (!next || stopped) return
    const warm = takeIdle()
    if (!warm && count >= size) return
    waiting.shift()
    if (warm) return next.take(warm)
    void start().then(next.take, (error: unknown) => {
      next.fail(error)
      serveNext()
    })
  }

  function takeIdle(): SandboxProcess | null {
    for (;;) {
      const process = idle.pop()
      if (!process) return null
      if (process.alive) return process
      count -= 1
    }
  }

  function giveBack(process: SandboxProcess): void {
    if (!process.alive || stopped || (runs.get(process) ?? 0) >= mostRuns) {
      process.kill()
      count -= 1
    } else {
      idle.push(process)
      const timer = setTimeout(
        () => {
          timers.delete(timer)
          const at = idle.indexOf(process)
          if (at === -1) return
          idle.splice(at, 1)
          process.kill()
          count -= 1
        },
        idle.length === 1 ? idleMs * 10 : idleMs,
      )
      timer.unref()
      timers.add(timer)
    }
    serveNext()
    if (count === 0 && !stopped && waiting.length === 0) warmUp()
  }

  /** After a run that took its process along, the next one finds another ready. */
  function warmUp(): void {
    void start().then(giveBack, () => {})
  }

  /** A run that is cancelled while it waits leaves the queue. */
  async function take(signal: AbortSignal): Promise<SandboxProcess> {
    let leave = (): void => {}
    try {
      return await new Promise<SandboxProcess>((resolve, reject) => {
        const next: Waiting = { take: resolve, fail: reject }
        leave = () => {
          const at = waiting.indexOf(next)
          if (at === -1) return
          waiting.splice(at, 1)
          reject(signal.reason as Error)
        }
        signal.addEventListener('abort', leave, { once: true })
        waiting.push(next)
        serveNext()
      })
    } finally {
      signal.removeEventListener('abort', leave)
    }
  }

  return {
    async run(job, answer, signal) {
      if (waiting.length >= mostWaiting)
        throw new LunaError('unavailable', `${mostWaiting} runs of plugins wait already. Try again soon.`)
      const process = await take(signal)
      runs.set(process, (runs.get(process) ?? 0) + 1)
      try {
        return await process.run(job, answer, signal)
      } finally {
        giveBack(process)
      }
    },
    async stop() {
      stopped = true
      for (const timer of timers) clearTimeout(timer)
      for (const process of idle) process.kill()
    },
  }
}
