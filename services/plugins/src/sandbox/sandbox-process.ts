import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { FromChild, SandboxJob, ToChild } from './protocol.ts'
import { findLaunch, sandboxEntry } from './shields.ts'

export type SandboxEnd = Extract<FromChild, { type: 'end' }>

/** Answers a question of the code; what it throws is told to the code by its message. */
export type HostAnswer = (method: string, args: readonly unknown[]) => Promise<unknown>

/** One child process: a run at a time, and never one after a run that went wrong. */
export interface SandboxProcess {
  readonly alive: boolean
  readonly shields: readonly string[]
  readonly pid: number
  run(job: SandboxJob, answer: HostAnswer, signal: AbortSignal): Promise<SandboxEnd>
  kill(): void
}

/** Milliseconds beyond its limit after which a run is ended by ending its process. */
const graceMs = 400
const startMs = 15_000

/** @throws Error when no process can be started here */
export function startSandbox(): Promise<SandboxProcess> {
  const launch = findLaunch()
  const child = fork(fileURLToPath(sandboxEntry), [], {
    execPath: launch.execPath,
    execArgv: [...launch.execArgv],
    env: {},
    cwd: '/',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    serialization: 'json',
  })
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => child.kill('SIGKILL'), startMs)
    const failed = () => {
      clearTimeout(timer)
      reject(new Error('The process of the sandbox ended before it was ready.'))
    }
    child.once('exit', failed)
    child.once('error', failed)
    child.once('message', (message: FromChild) => {
      clearTimeout(timer)
      child.off('exit', failed)
      child.off('error', failed)
      child.unref()
      child.channel?.unref()
      resolve(asSandbox(child, [...launch.shields, ...(message.type === 'ready' ? message.shields : [])]))
    })
  })
}

function asSandbox(child: ChildProcess, shields: readonly string[]): SandboxProcess {
  let alive = true
  let onEnd: ((end: SandboxEnd) => void) | null = null
  let answer: HostAnswer | null = null
  const kill = () => {
    alive = false
    child.kill('SIGKILL')
  }
  const post = (message: ToChild) => {
    if (alive && child.connected) child.send(message, () => {})
  }
  const finish = (end: SandboxEnd) => {
    if (end.reason !== 'done' && end.reason !== 'threw' && end.reason !== 'stuck' && end.reason !== 'output') kill()
    onEnd?.(end)
  }
  child.on('error', kill)
  child.on('exit', () => {
    alive = false
    finish({ type: 'end', reason: 'crashed', text: '' })
  })
  child.on('message', (message: FromChild) => {
    if (message.type === 'end') return finish(message)
    if (message.type !== 'ask' || !answer) return
    const { call } = message
    void reply(answer, message).then(
      text => post({ type: 'reply', call, ok: true, text }),
      (error: unknown) =>
        post({ type: 'reply', call, ok: false, text: error instanceof Error ? error.message : 'failed' }),
    )
  })
  return {
    get alive() {
      return alive && child.connected
    },
    shields,
    pid: child.pid ?? 0,
    kill,
    run(job, answers, signal) {
      return new Promise(resolve => {
        child.ref()
        const stop = (reason: 'wall' | 'cancelled') => () => {
          kill()
          onEnd?.({ type: 'end', reason, text: '' })
        }
        const wall = setTimeout(stop('wall'), job.limits.wallMs + graceMs)
        const cancel = stop('cancelled')
        onEnd = end => {
          onEnd = null
          answer = null
          clearTimeout(wall)
          signal.removeEventListener('abort', cancel)
          child.unref()
          resolve(end)
        }
        answer = answers
        if (signal.aborted) return cancel()
        signal.addEventListener('abort', cancel, { once: true })
        post({ type: 'run', job })
      })
    },
  }
}

async function reply(answer: HostAnswer, { method, text }: Extract<FromChild, { type: 'ask' }>): Promise<string> {
  const args: unknown = JSON.parse(text)
  const value = await answer(method, Array.isArray(args) ? args : [])
  return value === undefined ? '' : JSON.stringify(value)
}
