import { spawn } from 'node:child_process'
import { readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { GuardOptions } from '@luna/service/embedded'
import { isAlive, runProcess, waitFor } from '@luna/testing'
import { expect, onTestFinished, test } from 'vitest'
import { folder } from './helpers.ts'

const entry = fileURLToPath(new URL('guard.ts', import.meta.url))

function victim(): number {
  const child = spawn('sleep', ['600'], { stdio: 'ignore' })
  onTestFinished(() => void child.kill('SIGKILL'))
  return child.pid as number
}

async function guarded(options: GuardOptions) {
  const runner = await runProcess({ entry, args: [JSON.stringify(options)], ready: 'guarding' })
  onTestFinished(async () => void (await runner.kill('SIGKILL')))
  return runner
}

/** Waits until no guard of this process is left. */
async function guardGone(pid: number): Promise<void> {
  await waitFor(
    async () => {
      const ids = (await readdir('/proc')).filter(name => /^\d+$/.test(name))
      const lines = await Promise.all(ids.map(id => readFile(`/proc/${id}/cmdline`, 'utf8').catch(() => '')))
      return !lines.some(line => line.includes(`luna-guard\0${pid}\0`))
    },
    { message: 'the guard to end' },
  )
}

test('ends the process and deletes its folder when its own process is killed', async () => {
  const [pid, remove] = [victim(), await folder()]
  const runner = await guarded({ pid, signal: 'KILL', remove })
  await runner.kill('SIGKILL')
  await guardGone(pid)
  expect(isAlive(pid)).toBe(false)
  await expect(stat(remove)).rejects.toMatchObject({ code: 'ENOENT' })
})

test('does nothing when another process has taken over', async () => {
  const [pid, dir] = [victim(), await folder()]
  const onlyWhile = join(dir, 'lock.1')
  await writeFile(onlyWhile, '')
  const runner = await guarded({ pid, signal: 'KILL', onlyWhile })
  await rm(onlyWhile)
  await runner.kill('SIGKILL')
  await guardGone(pid)
  expect(isAlive(pid)).toBe(true)
})

test('does nothing once released', async () => {
  const pid = victim()
  const runner = await guarded({ pid, signal: 'KILL' })
  await runner.kill('SIGTERM')
  await guardGone(pid)
  expect(isAlive(pid)).toBe(true)
})
