import { readdir, readlink, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { LunaError } from '@luna/contracts'
import { expect, test } from 'vitest'
import { query, start, startElsewhere, usedFolder } from './helpers.ts'

test('a second process on one data directory is refused, and told whose it is', async () => {
  const dataDir = await usedFolder()
  const { runner, server } = await startElsewhere({ dataDir })
  await expect(start(dataDir)).rejects.toMatchObject({
    code: 'conflict',
    message: expect.stringContaining(`the process ${runner.pid}`),
    details: { pid: runner.pid },
  })
  await query(server.url, 'SELECT 1')
})

test('a second start in the same process is refused as well', async () => {
  const dataDir = await usedFolder()
  await start(dataDir)
  await expect(start(dataDir)).rejects.toThrow('in use by this process itself')
})

test('the lock of a dead process is taken over, also when its id lives on in another process', async () => {
  const dataDir = await usedFolder()
  const pidSpace = await readlink('/proc/self/ns/pid').catch(() => undefined)
  await writeFile(
    join(dataDir, 'lock.7'),
    JSON.stringify({ pid: process.pid, identity: 'an earlier boot/1', pidSpace }),
  )
  await start(dataDir)
  expect((await readdir(dataDir)).filter(name => name.startsWith('lock'))).toEqual(['lock.8'])
})

test('the lock of another container counts while it is touched, and no longer', async () => {
  const dataDir = await usedFolder()
  const file = join(dataDir, 'lock.7')
  const holder = JSON.stringify({ pid: 1, identity: 'this boot/1', pidSpace: 'pid:[another]' })
  await writeFile(file, holder)
  const heartbeat = setInterval(() => void utimes(file, new Date(), new Date()), 100)
  await expect(start(dataDir)).rejects.toMatchObject({ code: 'conflict' })
  clearInterval(heartbeat)
  const longAgo = new Date(Date.now() - 60_000)
  await utimes(file, longAgo, longAgo)
  await start(dataDir)
})

test('of many starts at once on a dead process exactly one wins', async () => {
  const dataDir = await usedFolder()
  const { runner } = await startElsewhere({ dataDir, whenKilled: 'leave' })
  await runner.kill('SIGKILL')
  const results = await Promise.allSettled(Array.from({ length: 8 }, () => start(dataDir)))
  expect(results.filter(result => result.status === 'fulfilled')).toHaveLength(1)
  const codes = results.flatMap(result => (result.status === 'rejected' ? (result.reason as LunaError).code : []))
  expect(codes).toEqual(Array.from({ length: 7 }, () => 'conflict'))
})
