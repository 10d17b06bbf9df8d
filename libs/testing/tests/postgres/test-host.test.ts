import { fileURLToPath } from 'node:url'
import { isAlive, runProcess, waitFor } from '@luna/testing'
import { expect, onTestFinished, test } from 'vitest'
import { query } from '../embedded/helpers.ts'

const entry = fileURLToPath(new URL('print-postgres.ts', import.meta.url))

async function printed(role: 'host' | 'file', env: Record<string, string> = {}) {
  const runner = await runProcess({ entry, args: [role], env, ready: /^url / })
  onTestFinished(async () => void (await runner.kill('SIGKILL')))
  const value = async (word: string) => (await runner.line(new RegExp(`^${word} `))).slice(word.length + 1)
  return { runner, url: await value('url'), address: role === 'host' ? await value('host') : '' }
}

const folderOf = async (url: string) => {
  const [row] = await query<{ dir: string; pid: string }>(
    url,
    `SELECT current_setting('data_directory') AS dir, pg_read_file('postmaster.pid') AS pid`,
  )
  return { dir: row?.dir ?? '', pid: Number.parseInt(row?.pid ?? '', 10) }
}

test('all files of a run share the cluster of the host', async () => {
  const host = await printed('host')
  const files = await Promise.all([1, 2].map(() => printed('file', { LUNA_TEST_HOST: host.address })))
  expect(files.map(file => file.url)).toEqual([host.url, host.url])
})

test('a process without a host has a cluster of its own, which goes with it even when it is killed', async () => {
  const file = await printed('file')
  const { pid } = await folderOf(file.url)
  await file.runner.kill('SIGKILL')
  await expect.poll(() => isAlive(pid), { timeout: 10_000 }).toBe(false)
})

test('a killed host leaves neither its cluster nor the folder', async () => {
  const host = await printed('host')
  const { dir, pid } = await folderOf(host.url)
  await host.runner.kill('SIGKILL')
  const { access } = await import('node:fs/promises')
  await waitFor(() => !isAlive(pid))
  await expect
    .poll(
      () =>
        access(dir)
          .then(() => 'there')
          .catch(() => 'gone'),
      { timeout: 10_000 },
    )
    .toBe('gone')
})

test('a URL in the environment wins', async () => {
  const file = await printed('file', { LUNA_TEST_DATABASE_URL: 'postgres://someone@db.example/x' })
  expect(file.url).toBe('postgres://someone@db.example/x')
})
