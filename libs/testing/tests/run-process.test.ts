import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { isAlive, runProcess, scratchDir } from '@luna/testing'
import { expect, onTestFinished, test } from 'vitest'

async function script(text: string, name = 'entry.ts'): Promise<string> {
  const dir = await scratchDir('process')
  onTestFinished(dir.remove)
  await writeFile(join(dir.path, 'package.json'), '{"type":"module"}')
  await writeFile(join(dir.path, name), text)
  return join(dir.path, name)
}

const stay = 'setInterval(() => {}, 60_000)'

test('runs TypeScript, waits for the ready line and keeps what was printed', async () => {
  const entry = await script(`const n: number = 1; console.log('one'); console.error('listening on', n); ${stay}`)
  const child = await runProcess({ entry, ready: /^listening/ })
  expect(child.output()).toContain('one\n')
  expect(await child.line('listening')).toBe('listening on 1')
  expect(await child.kill('SIGKILL')).toEqual({ code: null, signal: 'SIGKILL' })
  expect(isAlive(child.pid)).toBe(false)
})

test('SIGTERM lets it end in its own way', async () => {
  const entry = await script(`process.on('SIGTERM', () => process.exit(7)); console.log('up'); ${stay}`, 'entry.js')
  const child = await runProcess({ entry, ready: 'up' })
  expect(await child.kill()).toEqual({ code: 7, signal: null })
})

test('one that ends before it is ready is an error with its output', async () => {
  const entry = await script(`console.error('no such setting'); process.exit(2)`, 'entry.js')
  await expect(runProcess({ entry, ready: 'up' })).rejects.toThrow(/ended .*"code":2[^]*no such setting/)
})

test('one that is never ready is ended, and the error has its output', async () => {
  const entry = await script(`console.log('pid', process.pid); ${stay}`, 'entry.js')
  const error: Error = await runProcess({ entry, ready: 'up', timeoutMs: 2_000 }).then(
    () => expect.unreachable(),
    (thrown: Error) => thrown,
  )
  const pid = Number(/^pid (\d+)$/m.exec(error.message)?.[1])
  expect(pid).toBeGreaterThan(0)
  expect(isAlive(pid)).toBe(false)
})

test('its environment is what it was given', async () => {
  const entry = await script(`console.log(JSON.stringify(process.env)); console.log('up')`, 'entry.js')
  const child = await runProcess({ entry, env: { LUNA_PORT: '1' }, ready: 'up' })
  const names = Object.keys(JSON.parse(await child.line(/^\{/)) as object)
  expect(names).toContain('LUNA_PORT')
  expect(names.filter(name => name.startsWith('VITEST'))).toEqual([])
})

test('it does not outlive the process that ran it', async () => {
  const inner = await script(`console.log('inner', process.pid); ${stay}`, 'inner.js')
  const kit = fileURLToPath(new URL('../src/run-process.ts', import.meta.url))
  const outer = await script(
    `import { runProcess } from ${JSON.stringify(kit)}
     const child = await runProcess({ entry: ${JSON.stringify(inner)}, ready: 'inner' })
     console.log(child.output()); ${stay}`,
  )
  const runner = await runProcess({ entry: outer, ready: /^inner \d+/ })
  const pid = Number((await runner.line(/^inner /)).split(' ')[1])
  expect(isAlive(pid)).toBe(true)
  await runner.kill('SIGKILL')
  await expect.poll(() => isAlive(pid), { timeout: 10_000 }).toBe(false)
})
