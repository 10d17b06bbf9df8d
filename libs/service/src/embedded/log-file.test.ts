import { appendFile, mkdtemp, open, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { capLog, readLogSince } from './log-file.ts'

async function logFile(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'luna-log-'))
  onTestFinished(() => rm(dir, { recursive: true }))
  return join(dir, 'server.log')
}

test('a log over 8 MiB is emptied in place, its text kept beside it', async () => {
  const file = await logFile()
  await appendFile(file, 'x'.repeat(8 * 2 ** 20))
  const writer = await open(file, 'a')
  onTestFinished(() => writer.close())
  const stop = await capLog(file)
  stop()
  await writer.write('more')
  expect(await readFile(file, 'utf8')).toBe('more')
  expect((await stat(`${file}.1`)).size).toBe(8 * 2 ** 20)
})

test('reads what came since, and all of it when the file was emptied meanwhile', async () => {
  const file = await logFile()
  await appendFile(file, 'before after')
  expect(await readLogSince(file, 'before '.length)).toBe('after')
  expect(await readLogSince(file, 1_000)).toBe('before after')
  expect(await readLogSince(`${file}.none`, 0)).toBe('')
})
