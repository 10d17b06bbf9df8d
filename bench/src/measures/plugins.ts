import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createLuna } from '@luna/client'
import type { RunningLuna } from '@luna/testing'
import type { Figure } from '../kit/figure.ts'
import { median, round } from '../kit/numbers.ts'
import { memoryBytes } from '../kit/processes.ts'
import { signIn } from '../kit/sign-in.ts'

/** Where plugins of the bench may go: to be given to Luna as LUNA_PLUGIN_HOSTS. */
export const benchHosts = '127.0.0.1/32'

async function timed(rounds: number, work: () => Promise<unknown>): Promise<number> {
  const took: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    const begun = performance.now()
    await work()
    took.push(performance.now() - begun)
  }
  return median(took)
}

/** MiB: the least seen from the 1,000th to the 3,000th run, since a heap rises and falls between two collections, and what is kept stays. */
async function memoryFloor(pid: number, runMore: () => Promise<unknown>): Promise<number> {
  const seen: number[] = []
  for (let runs = 250; runs <= 3_000; runs += 250) {
    await runMore()
    if (runs >= 1_000) seen.push(memoryBytes([pid]) / 1024 / 1024)
  }
  return Math.min(...seen)
}

/**
 * What a run costs beyond one that does nothing: each is asked for over REST, so that request, sign-in and record are in
 * all of them, and taken off by the calculator's.
 */
export async function pluginRuns(luna: RunningLuna, rounds: number): Promise<Figure[]> {
  const site = createServer((_, response) => response.setHeader('content-type', 'application/json').end('{"ok":true}'))
  await new Promise<void>(resolve => site.listen(0, '127.0.0.1', resolve))
  const { port } = site.address() as AddressInfo
  const url = `http://127.0.0.1:${port}/`
  const { plugins } = createLuna({ baseUrl: luna.url, token: await signIn(luna.url) })
  const base = { manifest: 1, version: '1.0.0', author: 'bench', description: 'For the bench.' }
  const action = { name: 'run', description: 'Runs.', effect: 'read', parameters: { type: 'object' } }
  await plugins.add({
    ...base,
    id: 'bench-code',
    name: 'Code',
    code: { source: 'export const execute = (action, { n }) => ({ n: n + 1 })' },
    actions: [{ ...action, run: { type: 'code' } }],
  })
  await plugins.add({
    ...base,
    id: 'bench-http',
    name: 'HTTP',
    capabilities: { hosts: [`127.0.0.1:${port}`] },
    actions: [{ ...action, run: { type: 'http', url } }],
  })
  await plugins.install('bench-code')
  await plugins.install('bench-http')
  const nothing = () => plugins.execute('calculator', 'evaluate', { expression: '1' })
  const code = () => plugins.execute('bench-code', 'run', { n: 1 })
  const http = () => plugins.execute('bench-http', 'run', {})
  const plain = () => fetch(url).then(response => response.json())
  for (const warm of [nothing, code, http, plain]) await timed(30, warm)
  const pid = luna.process('plugins').pid
  const before = memoryBytes([pid])
  const [bare, sandbox, asked, fetched] = [
    await timed(rounds, nothing),
    await timed(rounds, code),
    await timed(rounds, http),
    await timed(rounds, plain),
  ]
  const grown = (await memoryFloor(pid, () => timed(250, code))) - before / 1024 / 1024
  site.closeAllConnections()
  site.close()
  const run = sandbox - bare
  const overhead = asked - bare - fetched
  return [
    {
      name: 'plugins: warm sandbox run, p50',
      luna: round(sandbox),
      plain: round(bare),
      value: round(run),
      unit: 'ms',
      goal: '<= 5 ms',
      met: run <= 5,
    },
    {
      name: 'plugins: HTTP action over plain fetch, p50',
      luna: round(asked),
      plain: round(fetched),
      value: round(overhead),
      unit: 'ms',
      goal: '<= 3 ms',
      met: overhead <= 3,
    },
    {
      name: 'plugins: memory after 1,000 sandbox runs',
      luna: round(grown, 1),
      plain: null,
      value: round(grown, 1),
      unit: 'MiB more',
      goal: '<= 32 MiB',
      met: grown <= 32,
    },
  ]
}
