import { type ChildProcess, spawn } from 'node:child_process'
import { readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isAlive, waitFor } from '@luna/testing'
import { expect, onTestFinished, test } from 'vitest'
import { query, start, startElsewhere, usedFolder } from './helpers.ts'

test('a server left behind by a killed process is adopted, with what was committed', async () => {
  const dataDir = await usedFolder()
  const { runner, server } = await startElsewhere({ dataDir, whenKilled: 'leave' })
  await query(server.url, 'CREATE TABLE kept AS SELECT 42 AS n')
  await runner.kill('SIGKILL')
  expect(isAlive(server.pid)).toBe(true)

  const next = await start(dataDir)
  expect(next).toMatchObject({ adopted: true, pid: server.pid, port: server.port })
  expect(await query(next.url, 'SELECT n FROM kept')).toEqual([{ n: 42 }])
  await next.stop()
  expect(isAlive(server.pid)).toBe(false)
})

test('the end of an adopted server is reported too', async () => {
  const dataDir = await usedFolder()
  const { runner } = await startElsewhere({ dataDir, whenKilled: 'leave' })
  await runner.kill('SIGKILL')
  const reports: Error[] = []
  const next = await start(dataDir, { onLost: error => reports.push(error) })
  process.kill(next.pid, 'SIGKILL')
  await waitFor(() => reports.length > 0)
  expect(reports).toHaveLength(1)
})

test('one that runs with other settings is stopped, and a new one started', async () => {
  const dataDir = await usedFolder()
  const { runner, server } = await startElsewhere({ dataDir, whenKilled: 'leave' })
  await runner.kill('SIGKILL')
  const next = await start(dataDir, { settings: { max_connections: 17 } })
  expect(next.adopted).toBe(false)
  expect(isAlive(server.pid)).toBe(false)
  expect(await query(next.url, 'SHOW max_connections')).toEqual([{ max_connections: '17' }])
})

test('one whose password was lost is stopped, and the password replaced', async () => {
  const dataDir = await usedFolder()
  const { runner, server } = await startElsewhere({ dataDir, whenKilled: 'leave' })
  await runner.kill('SIGKILL')
  await writeFile(join(dataDir, 'password'), '')
  const next = await start(dataDir)
  expect(next.adopted).toBe(false)
  expect(isAlive(server.pid)).toBe(false)
  await query(next.url, 'SELECT 1')
})

test('by default the guard stops it when its process is killed', async () => {
  const dataDir = await usedFolder()
  const { runner, server } = await startElsewhere({ dataDir })
  await runner.kill('SIGKILL')
  await expect.poll(() => isAlive(server.pid), { timeout: 10_000 }).toBe(false)
})

test('an adopted server is guarded in its turn', async () => {
  const dataDir = await usedFolder()
  const { runner, server } = await startElsewhere({ dataDir, whenKilled: 'leave' })
  await runner.kill('SIGKILL')
  const second = await startElsewhere({ dataDir })
  expect(second.server).toMatchObject({ adopted: true, pid: server.pid })
  await second.runner.kill('SIGKILL')
  await expect.poll(() => isAlive(server.pid), { timeout: 10_000 }).toBe(false)
})

test('a stranger that has the recorded process id is not touched', async () => {
  const dataDir = await usedFolder()
  const first = await start(dataDir)
  const file = join(first.filesDir, 'cluster', 'postmaster.pid')
  const record = await readFile(file, 'utf8')
  process.kill(first.pid, 'SIGKILL')
  await waitFor(() => !isAlive(first.pid))
  await first.stop()
  const { uid, gid } = await stat(join(first.filesDir, 'cluster'))
  const stranger: ChildProcess = spawn('sleep', ['600'], { stdio: 'ignore', uid, gid })
  onTestFinished(() => void stranger.kill())
  await writeFile(file, record.replace(/^\d+/, String(stranger.pid)))

  const next = await start(dataDir)
  expect(next.adopted).toBe(false)
  await query(next.url, 'SELECT 1')
  expect(stranger.exitCode ?? stranger.signalCode).toBeNull()
})
