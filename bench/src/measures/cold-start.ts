import { join } from 'node:path'
import { scratchDir, startLuna } from '@luna/testing'
import type { Figure } from '../kit/figure.ts'
import { median, round } from '../kit/numbers.ts'
import { memoryBytes, withChildren } from '../kit/processes.ts'
import { openTalker } from '../kit/talker.ts'

async function localToken(url: string): Promise<string> {
  const response = await fetch(`${url}/api/v1/auth/local`, { method: 'POST' })
  return ((await response.json()) as { accessToken: string }).accessToken
}

/** Seconds from starting the process to the first word of the first reply. */
async function startToReply(dataDir: string, modelUrl: string): Promise<{ seconds: number; idleBytes: number }> {
  const startedAt = performance.now()
  const luna = await startLuna({ topology: 'embedded', modelUrl, dataDir })
  const talker = await openTalker(luna.url, await localToken(luna.url))
  const { firstMs, totalMs } = await talker.turn('hello')
  const seconds = (performance.now() - startedAt - totalMs + firstMs) / 1_000
  talker.close()
  const idleBytes = memoryBytes(withChildren(luna.process('gateway').pid))
  await luna.stop()
  return { seconds, idleBytes }
}

export async function coldStart(modelUrl: string, rounds: number): Promise<Figure[]> {
  const fresh: number[] = []
  const again: number[] = []
  const idle: number[] = []
  for (let n = 0; n < rounds; n += 1) {
    const scratch = await scratchDir()
    const dataDir = join(scratch.path, 'data')
    fresh.push((await startToReply(dataDir, modelUrl)).seconds)
    const second = await startToReply(dataDir, modelUrl)
    again.push(second.seconds)
    idle.push(second.idleBytes)
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
  return [
    line('cold start to first reply, data there', round(median(again)), 2, 's'),
    line('cold start to first reply, fresh', round(median(fresh)), 5, 's'),
    line('idle memory, whole embedded product', Math.round(median(idle) / 2 ** 20), 300, 'MB'),
  ]
}
