import { writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { createTestDatabase, scratchDir, startLuna } from '@luna/testing'
import { Client } from 'pg'
import { expect, onTestFinished, test } from 'vitest'
import { runToEnd, startCommand } from '../kit/command.ts'

const key = 'x1Zy8QeJ0w9vYt2R5uPq7sLk3mNb6hGfDcAaBzEiOoU='

async function database(): Promise<string> {
  const made = await createTestDatabase()
  onTestFinished(made.drop)
  return made.url
}

async function folder(): Promise<string> {
  const dir = await scratchDir('trouble')
  onTestFinished(dir.remove)
  return dir.path
}

test('all faults of the settings are told at once, by name, before anything starts', async () => {
  const dir = await folder()
  const { code, output } = await startCommand({
    LUNA_DATA_DIR: join(dir, 'data'),
    LUNA_PORT: 'eighty',
    LUNA_ORIGINS: 'everywhere',
    LUNA_LIMITS: '{"messages": 3}',
    LUNA_CONTEXT_TOKENS: 'many',
    DATABASE_URL: 'mysql://root:hunter2@localhost/luna',
    LOG_LEVEL: 'loud',
  })
  expect(code).toBe(2)
  for (const name of ['LUNA_PORT', 'LUNA_ORIGINS', 'LUNA_LIMITS', 'LUNA_CONTEXT_TOKENS', 'DATABASE_URL', 'LOG_LEVEL'])
    expect(output).toContain(`${name}:`)
  expect(output).toContain('nothing was started')
  expect(output).not.toContain('hunter2')
  expect(output).not.toMatch(/^\s+at /m)
})

test('a service as a process of its own says which shared servers it needs', async () => {
  const { code, output } = await runToEnd('services/chat/dist/main.js', { LUNA_DATA_DIR: await folder() })
  expect(code).toBe(2)
  expect(output).toContain('NATS_URL')
  expect(output).toContain('DATABASE_URL')
})

test('a gateway as a process of its own needs a master key', async () => {
  const { code, output } = await runToEnd('services/gateway/dist/main.js', {
    LUNA_DATA_DIR: await folder(),
    NATS_URL: 'nats://127.0.0.1:1',
    DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none',
  })
  expect(code).toBe(2)
  expect(output).toContain('LUNA_MASTER_KEY')
})

test('a taken port is named, with what to do', async () => {
  const other = createServer()
  await new Promise<void>(resolve => other.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void other.close())
  const port = String((other.address() as AddressInfo).port)
  const { code, output } = await startCommand({
    LUNA_DATA_DIR: await folder(),
    LUNA_MASTER_KEY: key,
    LUNA_PORT: port,
    DATABASE_URL: await database(),
  })
  expect(code).toBe(2)
  expect(output).toContain(`Port ${port}`)
  expect(output).toContain('LUNA_PORT')
})

test('a data directory that cannot be made is named, with what to do', async () => {
  const dir = await folder()
  await writeFile(join(dir, 'file'), '')
  const { code, output } = await startCommand({ LUNA_DATA_DIR: join(dir, 'file', 'data'), LUNA_PORT: '0' })
  expect(code).toBe(2)
  expect(output).toContain('LUNA_DATA_DIR')
  expect(output).toContain(join(dir, 'file', 'data'))
  expect(output).not.toMatch(/^\s+at /m)
})

test('a database of a newer version is left as it is', async () => {
  const luna = await startLuna({ topology: 'embedded', sharedPostgres: true })
  onTestFinished(luna.stop)
  await luna.process('chat').terminate()
  const url = await luna.databaseUrl()
  const client = new Client({ connectionString: url })
  await client.connect()
  await client.query(`insert into chat.migrations (name, timestamp) values ('2099-01-01T00-of-tomorrow', now()::text)`)
  const rows = async () => (await client.query('select name from chat.migrations order by name')).rows
  const before = await rows()

  const { code, output } = await startCommand({ LUNA_DATA_DIR: luna.dataDir, LUNA_PORT: '0', DATABASE_URL: url })

  expect(code).toBe(2)
  expect(output).toContain('newer Luna')
  expect(output).toContain('2099-01-01T00-of-tomorrow')
  expect(await rows()).toEqual(before)
  await client.end()
})
