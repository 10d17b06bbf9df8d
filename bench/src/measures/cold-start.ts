import { join } from 'node:path'
import { scratchDir, startLuna } from '@luna/testing'
import type { Figure } from '../kit/figure.ts'
import { median, round } from '../kit/numbers.ts'
import { cpuSeconds, memoryBytes, withChildren } from '../kit/processes.ts'
import { openTalker } from '../kit/talker.ts'

async function localToken(url: string): Promise<string> {
  const response = await fetch(`${url}/api/v1/auth/local`, { method: 'POST' })
  return ((await response.json()) as { accessToken: string }).accessToken
}

interface Start {
  /** Seconds from starting the process until it says that it is ready. */
  ready: number
  /** Seconds of processor time that the process had used by then: what is not the fault of a busy machine. */
  readyCpu: number
  /** Seconds from starting the process to the first word of the first reply. */
  reply: number
  idleBytes: number
}

async function measureStart(dataDir: string, modelUrl: string): Promise<Start> {
  const startedAt = performance.now()
  const luna = await startLuna({ topology: 'embedded', modelUrl, dataDir })
  const ready = (performance.now() - startedAt) / 1_000
  const { pid } = luna.process('gateway')
  const readyCpu = cpuSeconds([pid])
  const talker = await openTalker(luna.url, await localToken(luna.url))
  const { firstMs, totalMs } = await talker.turn('hello')
  const reply = (performance.now() - startedAt - totalMs + firstMs) / 1_000
  talker.close()
  const idleBytes = memoryBytes(withChildren(pid))
  await luna.stop()
  return { ready, readyCpu, reply, idleBytes }
}

export async function coldStart(modelUrl: string, rounds: number): Promise<Figure[]> {
  const fresh: Start[] = []
  const again: Start[] = []
  for (let n = 0; n < rounds; n += 1) {
    const scratch = await scratchDir()
    const dataDir = join(scratch.path, 'data')
    fresh.push(await measureStart(dataDir, modelUrl))
    again.push(await measureStart(dataDir, modelUrl))
    await scratch.remove()
  }
  const line = (name: string, value: number, goal: number, unit: string): Figure => ({
    name,
    luna: value,
    plain: null,
    value,
    unit,
    goal: `<= ${goal} ${unit}`,
    met: value <= goal,
  })
  const middle = (starts: readonly Start[], what: keyof Start) => round(median(starts.map(start => start[what])))
  const worst = (starts: readonly Start[], what: keyof Start) => round(Math.max(...starts.map(start => start[what])))
  return [
    line('second start to ready', middle(again, 'ready'), 2, 's'),
    line(`second start to ready, worst of ${rounds}`, worst(again, 'ready'), 2, 's'),
    line('second start to ready, processor time', middle(again, 'readyCpu'), 2, 's'),
    line('second start to first reply', middle(again, 'reply'), 2, 's'),
    line(`second start to first reply, worst of ${rounds}`, worst(again, 'reply'), 2, 's'),
    line('fresh start to first reply', middle(fresh, 'reply'), 5, 's'),
    line('idle memory, whole embedded product', Math.round(middle(again, 'idleBytes') / 2 ** 20), 300, 'MB'),
  ]
}
