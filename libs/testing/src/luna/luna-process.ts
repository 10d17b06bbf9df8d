import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type RunningProcess, runProcess } from '../run-process.ts'
import { waitFor } from '../wait-for.ts'
import type { LunaProcess, ServiceName } from './running-luna.ts'

/** The built repository that is run: this one, or a copy of it, such as one with a mechanism taken out. */
const root = process.env['LUNA_TEST_ROOT'] || fileURLToPath(new URL('../../../../', import.meta.url))

export interface ProcessOptions {
  name: ServiceName | 'luna'
  /** Relative to the root of the repository; a built file. */
  entry: string
  args?: readonly string[]
  env: Readonly<Record<string, string>>
  cwd?: string
  url: string | null
  /** Answers 200 when the process is ready. */
  readyUrl: string
}

const readyMs = 60_000

const isReady = (url: string): Promise<boolean> =>
  fetch(url, { signal: AbortSignal.timeout(2_000) }).then(
    response => response.ok,
    () => false,
  )

export async function startProcess(options: ProcessOptions): Promise<LunaProcess> {
  const entry = join(root, options.entry)
  if (!existsSync(entry)) throw new Error(`${options.entry} is not built. Run \`npm run build\` first.`)
  let past = ''
  let running: RunningProcess

  async function launch(): Promise<void> {
    running = await runProcess({
      entry,
      env: { ...options.env },
      ...(options.args ? { args: options.args } : {}),
      ...(options.cwd ? { cwd: options.cwd } : {}),
    })
    let ended = false
    void running.exited.then(() => {
      ended = true
    })
    const isReadyOrEnded = async () => ended || (await isReady(options.readyUrl))
    await waitFor(isReadyOrEnded, {
      timeoutMs: readyMs,
      message: `${options.name} to be ready at ${options.readyUrl}`,
    }).catch(async (error: unknown) => {
      await running.kill('SIGKILL')
      throw new Error(`${(error as Error).message}. Its output:\n${running.output()}`, { cause: error })
    })
    if (ended) throw new Error(`${options.name} ended before it was ready. Its output:\n${running.output()}`)
  }

  await launch()
  return {
    name: options.name,
    get pid() {
      return running.pid
    },
    url: options.url,
    output: () => past + running.output(),
    async kill() {
      await running.kill('SIGKILL')
    },
    async terminate() {
      await running.kill('SIGTERM')
    },
    async restart() {
      past += running.output()
      await running.kill('SIGKILL')
      await launch()
    },
  }
}
