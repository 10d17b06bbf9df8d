import { readdirSync, readFileSync } from 'node:fs'
import { createLogger } from '@luna/service'
import { waitFor } from '@luna/testing'
import { afterAll, expect, test } from 'vitest'
import { createSandboxes } from '../src/sandbox/pool.ts'
import type { SandboxJob } from '../src/sandbox/protocol.ts'

/** `LUNA_SANDBOX_RUNS=1000` for the whole of it, some 40 s. */
const count = Number(process.env['LUNA_SANDBOX_RUNS'] ?? 55)
const size = 2
const pool = createSandboxes(size, createLogger({ service: 'test', level: 'silent' }))
const never = new AbortController().signal
afterAll(() => pool.stop())

const job = (source: string, wallMs = 5_000): SandboxJob => ({
  source,
  action: 'run',
  arguments: '{"n":1}',
  now: 0,
  limits: { cpuMs: wallMs, wallMs, outputChars: 100_000, hostCalls: 10 },
})
const run = (source: string, signal = never) => pool.run(job(source), async () => null, signal)

const megabytes = (pid: number | 'self'): number => {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1_024
}

/** The processes of sandboxes that this process has started and that live. */
function children(): number[] {
  return readdirSync('/proc/self/task')
    .flatMap(task => readFileSync(`/proc/self/task/${task}/children`, 'utf8').split(' '))
    .filter(pid => pid !== '')
    .map(Number)
    .filter(pid => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('sandbox/child/main')
      } catch {
        return false
      }
    })
}

test.runIf(process.platform === 'linux')(
  `${count} runs through the pool finish, and neither the service nor its sandboxes grow`,
  async () => {
    // A megabyte is touched in each: memory that were kept would add up.
    const source = 'export const execute = (a, { n }) => ({ n: n + 1, kept: new Uint8Array(1e6).fill(1).length })'
    const pids = new Set<number>()
    for (let warm = 0; warm < 10; warm += 1) await run(source)
    const before = megabytes('self')
    let largest = 0
    for (let done = 0; done < count; done += 1) {
      expect(await run(source)).toEqual({ type: 'end', reason: 'done', text: '{"value":{"n":2,"kept":1000000}}' })
      if (done % 10 !== 0) continue
      const alive = children()
      expect(alive.length).toBeLessThanOrEqual(size)
      for (const pid of alive) {
        pids.add(pid)
        largest = Math.max(largest, megabytes(pid))
      }
    }
    const grown = megabytes('self') - before
    expect(grown).toBeLessThan(32)
    expect(largest).toBeLessThan(400)
    // Fifty runs each: V8 runs out of address space for their memories in one that stays.
    expect(pids.size).toBeGreaterThan(count / 50)
  },
  300_000,
)

test('a run that is cancelled while it waits leaves the queue, and ends no process', async () => {
  const slow = 'export const execute = () => { const until = Date.now() + 300; while (Date.now() < until); return 1 }'
  const busy = [run(slow), run(slow)]
  const cancel = new AbortController()
  const waiting = run(slow, cancel.signal)
  cancel.abort(new Error('no longer wanted'))
  await expect(waiting).rejects.toThrow('no longer wanted')
  expect((await Promise.all(busy)).map(({ reason }) => reason)).toEqual(['done', 'done'])
  expect(await run('export const execute = () => "here"')).toMatchObject({ reason: 'done' })
  await waitFor(() => children().length <= size)
})
