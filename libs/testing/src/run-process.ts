import { spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import { type Guard, guardProcess } from '@luna/service/embedded'
import { waitFor } from './wait-for.ts'

export interface RunProcessOptions {
  /** A TypeScript file, run from source, or a built one. */
  entry: string
  args?: readonly string[]
  /** The whole environment besides PATH, HOME and TMPDIR: nothing of the test run's own leaks in. */
  env?: Readonly<Record<string, string>>
  cwd?: string
  /** A text or pattern in one line of output that says it is ready; without it, it is ready once it runs. */
  ready?: string | RegExp
  /** How long to wait for that; default 30 s. */
  timeoutMs?: number
  /** More arguments for node itself. */
  nodeArgs?: readonly string[]
}

export interface ProcessEnd {
  code: number | null
  signal: NodeJS.Signals | null
}

export interface RunningProcess {
  pid: number
  /** All it wrote so far, both streams in the order of arrival. */
  output(): string
  /** Waits for a line, past ones included. @returns the line */
  line(pattern: string | RegExp, timeoutMs?: number): Promise<string>
  /** Sends the signal and waits for the end. Default SIGTERM. */
  kill(signal?: NodeJS.Signals): Promise<ProcessEnd>
  /** Resolves when it has ended and its output is complete. */
  exited: Promise<ProcessEnd>
}

/** Runs a node process; it dies with this one. @throws Error with its output when it ends before it is ready. */
export async function runProcess(options: RunProcessOptions): Promise<RunningProcess> {
  const { entry, args = [], cwd, ready, timeoutMs = 30_000, nodeArgs = [] } = options
  const { PATH, HOME, TMPDIR } = process.env
  const loader = /\.[cm]?tsx?$/.test(entry) ? fromSource() : []
  const child = spawn(process.execPath, [...loader, ...nodeArgs, entry, ...args], {
    cwd,
    env: { PATH, HOME, TMPDIR, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  let guard: Guard | undefined
  const collect = (text: string) => {
    output += text
  }
  child.stdout.setEncoding('utf8').on('data', collect)
  child.stderr.setEncoding('utf8').on('data', collect)
  let end: ProcessEnd | undefined
  const exited = new Promise<ProcessEnd>(resolve => {
    child.once('close', (code, signal) => {
      guard?.release()
      end = { code, signal }
      resolve(end)
    })
  })
  await new Promise((resolve, reject) => child.once('spawn', resolve).once('error', reject))
  const pid = child.pid as number
  guard = guardProcess({ pid, signal: 'KILL' })

  const line = async (pattern: string | RegExp, patienceMs = timeoutMs) => {
    const find = () =>
      output.split('\n').find(text => (typeof pattern === 'string' ? text.includes(pattern) : pattern.test(text)))
    await waitFor(() => find() !== undefined || end, {
      timeoutMs: patienceMs,
      message: `the line ${String(pattern)} of ${entry}`,
    }).catch((error: Error) => {
      throw new Error(`${error.message}. Its output:\n${output}`, { cause: error })
    })
    const found = find()
    if (found !== undefined) return found
    throw new Error(
      `${entry} ended (${JSON.stringify(end)}) without the line ${String(pattern)}. Its output:\n${output}`,
    )
  }
  const kill = async (signal: NodeJS.Signals = 'SIGTERM') => {
    child.kill(signal)
    return await exited
  }
  if (ready !== undefined) {
    await line(ready).catch(async (error: unknown) => {
      await kill('SIGKILL')
      throw error
    })
  }
  return { pid, output: () => output, line, kill, exited }
}

function fromSource(): string[] {
  const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href
  return ['--conditions=source', '--import', tsx]
}
