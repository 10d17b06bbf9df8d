import { readFile, rm, stat } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { freePort, isAlive, waitFor } from '@luna/testing'
import { expect, test } from 'vitest'
import { folder, query, start, usedFolder } from './helpers.ts'

test('what was written is there at the next start, on the same port, with the same password', async () => {
  const dir = await usedFolder()
  const first = await start(dir)
  await query(first.url, 'CREATE TABLE kept AS SELECT 42 AS n')
  await first.stop()
  expect(isAlive(first.pid)).toBe(false)

  const second = await start(dir)
  expect(second.url).toBe(first.url)
  expect(await query(second.url, 'SELECT n FROM kept')).toEqual([{ n: 42 }])
})

test('listens on 127.0.0.1 alone, without a socket file, durably and by password only', async () => {
  const server = await start(await usedFolder())
  const names = ['listen_addresses', 'unix_socket_directories', 'fsync', 'synchronous_commit', 'shared_buffers']
  const settings = await query<{ name: string; setting: string }>(
    server.url,
    `SELECT name, current_setting(name) AS setting FROM pg_settings WHERE name = ANY ('{${names.join(',')}}') ORDER BY name`,
  )
  expect(Object.fromEntries(settings.map(row => [row.name, row.setting]))).toEqual({
    fsync: 'on',
    listen_addresses: '127.0.0.1',
    shared_buffers: '64MB',
    synchronous_commit: 'on',
    unix_socket_directories: '',
  })
  const stranger = new URL(server.url)
  stranger.password = 'guess'
  await expect(query(stranger.href, 'SELECT 1')).rejects.toMatchObject({ code: '28P01' })
})

test('the password is random and lies in a file that only its owner may read', async () => {
  const [one, other] = [await folder(), await folder()]
  const passwords = [new URL((await start(one)).url).password, new URL((await start(other)).url).password]
  expect(passwords[0]).not.toBe(passwords[1])
  expect(passwords[0]).toMatch(/^[\w-]{43}$/)
  expect((await stat(join(one, 'password'))).mode & 0o777).toBe(0o600)
  expect((await readFile(join(one, 'password'), 'utf8')).trim()).toBe(passwords[0])
})

test('settings of the caller win', async () => {
  const server = await start(await usedFolder(), { settings: { fsync: 'off', max_connections: 17 } })
  expect(await query(server.url, 'SHOW max_connections')).toEqual([{ max_connections: '17' }])
})

test('takes another port when the remembered one is taken meanwhile', async () => {
  const dir = await usedFolder()
  const first = await start(dir)
  await first.stop()
  const squatter = createServer()
  await new Promise<void>(resolve => squatter.listen(first.port, '127.0.0.1', resolve))
  const second = await start(dir)
  expect(second.port).not.toBe(first.port)
  await query(second.url, 'SELECT 1')
  await second.stop()
  squatter.close()
  expect((await start(dir)).port).toBe(second.port)
})

test('a port that was asked for and is taken is an error that names it, and gives the lock back', async () => {
  const dir = await usedFolder()
  const squatter = createServer()
  const port = await freePort()
  await new Promise<void>(resolve => squatter.listen(port, '127.0.0.1', resolve))
  await expect(start(dir, { port })).rejects.toMatchObject({
    code: 'unavailable',
    message: expect.stringContaining(`Port ${port}`),
  })
  squatter.close()
  expect((await start(dir, { port })).port).toBe(port)
})

test('stop may be called again, and cuts open connections', async () => {
  const server = await start(await usedFolder())
  const busy = query(server.url, 'SELECT pg_sleep(600)').catch((error: Error) => error)
  await waitFor(async () => {
    const [row] = await query<{ n: string }>(
      server.url,
      `SELECT count(*) AS n FROM pg_stat_activity WHERE query = 'SELECT pg_sleep(600)'`,
    )
    return row?.n === '1'
  })
  await Promise.all([server.stop(), server.stop()])
  expect(await busy).toBeInstanceOf(Error)
  expect(isAlive(server.pid)).toBe(false)
})

test('a lost password is replaced, and no data with it', async () => {
  const dir = await usedFolder()
  const first = await start(dir)
  await query(first.url, 'CREATE TABLE kept AS SELECT 42 AS n')
  await first.stop()
  await rm(join(dir, 'password'))
  const second = await start(dir)
  expect(second.url).not.toBe(first.url)
  expect(await query(second.url, 'SELECT n FROM kept')).toEqual([{ n: 42 }])
})

test('the end of the server is reported once, and a new start works', async () => {
  const dir = await usedFolder()
  const reports: Error[] = []
  const server = await start(dir, { onLost: error => reports.push(error) })
  process.kill(server.pid, 'SIGKILL')
  await waitFor(() => reports.length > 0)
  expect(reports).toHaveLength(1)
  expect(reports[0]).toMatchObject({ code: 'unavailable', message: expect.stringContaining(String(server.pid)) })
  await server.stop()
  const next = await start(dir)
  await query(next.url, 'SELECT 1')
})

test('stopping is no unexpected end', async () => {
  const reports: Error[] = []
  const server = await start(await usedFolder(), { onLost: error => reports.push(error) })
  await server.stop()
  expect(reports).toEqual([])
})

test('what a person wrote is not in the log, whatever goes wrong with it', async () => {
  const { url, filesDir } = await start(await usedFolder())
  await query(url, 'CREATE TABLE diary (entry text PRIMARY KEY)')
  await query(url, `INSERT INTO diary VALUES ('canary')`)
  await expect(query(url, `INSERT INTO diary VALUES ('canary')`)).rejects.toMatchObject({ code: '23505' })
  await expect(query(url, `SELECT 'canary'::int`)).rejects.toMatchObject({ code: '22P02' })
  await expect(query(url, `SELEKT 'canary'`)).rejects.toMatchObject({ code: '42601' })
  const log = await readFile(join(filesDir, 'server.log'), 'utf8')
  expect(log).toContain('ready to accept connections')
  expect(log).not.toContain('canary')
})
