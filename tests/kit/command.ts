import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type ProcessEnd, runProcess } from '@luna/testing'
import { onTestFinished } from 'vitest'

const root = process.env['LUNA_TEST_ROOT'] || fileURLToPath(new URL('../../', import.meta.url))

export interface Ended extends ProcessEnd {
  output: string
}

/** Runs a built program to its end; what does not end by itself is killed with the test. */
export async function runToEnd(entry: string, env: Record<string, string>, args: string[] = []): Promise<Ended> {
  const running = await runProcess({ entry: join(root, entry), env, args })
  onTestFinished(async () => {
    await running.kill('SIGKILL')
  })
  const end = await running.exited
  return { ...end, output: running.output() }
}

/** The whole of Luna, as `npm start` runs it. */
export const startCommand = (env: Record<string, string>): Promise<Ended> =>
  runToEnd('apps/luna/bin/luna.js', env, ['start'])
