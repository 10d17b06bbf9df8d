import { execFile } from 'node:child_process'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { type EmbeddedPostgres, type EmbeddedPostgresOptions, startEmbeddedPostgres } from '@luna/service/embedded'
import { type RunningProcess, runProcess, scratchDir } from '@luna/testing'
import { Client } from 'pg'
import { afterAll, onTestFinished } from 'vitest'

const run = promisify(execFile)

/** A folder that is deleted after the test, once the servers started after it have been stopped. */
export async function folder(): Promise<string> {
  const dir = await scratchDir('embedded')
  onTestFinished(dir.remove)
  return dir.path
}

let prepared: Promise<string> | undefined

afterAll(async () => {
  if (prepared) await rm(await prepared, { recursive: true })
})

/** A data directory that was used before and stopped in order: a copy, which takes a tenth of making one. */
export async function usedFolder(): Promise<string> {
  prepared ??= prepare()
  const target = join(await folder(), 'data')
  await run('cp', ['-a', await prepared, target])
  return target
}

async function prepare(): Promise<string> {
  const dir = await scratchDir('used')
  const log = { info: () => undefined, error: () => undefined }
  const server = await startEmbeddedPostgres({ dataDir: dir.path, log })
  await server.stop()
  await rm(join(dir.path, 'state.json'))
  return dir.path
}

/** Starts a server in this process; it is stopped after the test. */
export async function start(
  dataDir: string,
  options: Partial<EmbeddedPostgresOptions> = {},
): Promise<EmbeddedPostgres> {
  const log = { info: () => undefined, error: () => undefined }
  const server = await startEmbeddedPostgres({ dataDir, log, ...options })
  onTestFinished(server.stop)
  return server
}

export type Started = Pick<EmbeddedPostgres, 'url' | 'pid' | 'port' | 'filesDir' | 'adopted'>

/** Starts a server from another process, which a test may kill. */
export async function startElsewhere(
  options: Pick<EmbeddedPostgresOptions, 'dataDir' | 'whenKilled'>,
): Promise<{ runner: RunningProcess; server: Started }> {
  const entry = fileURLToPath(new URL('start.ts', import.meta.url))
  const runner = await runProcess({ entry, args: [JSON.stringify(options)], ready: /^started / })
  onTestFinished(async () => {
    await runner.kill('SIGKILL')
  })
  const line = await runner.line(/^started /)
  return { runner, server: JSON.parse(line.slice('started '.length)) as Started }
}

export async function query<Row extends object>(url: string, text: string): Promise<Row[]> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<Row>(text)).rows
  } finally {
    await client.end()
  }
}
