import { randomUUID } from 'node:crypto'
import { createTestDatabase, type DatabaseTemplate, startTestPostgres } from '@luna/testing'
import { Client } from 'pg'
import { expect, onTestFinished, test } from 'vitest'
import { query } from '../embedded/helpers.ts'

/** A template of its own for each test, which counts how often it was prepared. */
function counted(prepare: DatabaseTemplate['prepare']): { template: DatabaseTemplate; prepared: () => number } {
  let times = 0
  const template: DatabaseTemplate = {
    key: randomUUID(),
    async prepare(url) {
      times++
      await prepare(url)
    },
  }
  return { template, prepared: () => times }
}

const seeded = async (url: string) => {
  await query(url, 'CREATE TABLE seeds AS SELECT 42 AS n')
}

async function create(template?: DatabaseTemplate) {
  const database = await createTestDatabase(template ? { template } : {})
  onTestFinished(database.drop)
  return database
}

test('clones of a template hold what prepare made, and are apart from each other', async () => {
  const { template, prepared } = counted(seeded)
  const [one, other] = await Promise.all([create(template), create(template)])
  await query(one.url, 'UPDATE seeds SET n = 1')
  expect(await query(one.url, 'SELECT n FROM seeds')).toEqual([{ n: 1 }])
  expect(await query(other.url, 'SELECT n FROM seeds')).toEqual([{ n: 42 }])
  expect(prepared()).toBe(1)
})

test('a template whose prepare fails is not kept, and the error is the one thrown', async () => {
  let healthy = false
  const { template, prepared } = counted(async url => {
    await seeded(url)
    if (!healthy) throw new Error('the migration has a fault')
  })
  await expect(create(template)).rejects.toThrow('the migration has a fault')
  const { url } = await startTestPostgres()
  expect(await query(url, `SELECT FROM pg_database WHERE datname LIKE '%\\_draft'`)).toEqual([])
  healthy = true
  expect(await query((await create(template)).url, 'SELECT n FROM seeds')).toEqual([{ n: 42 }])
  expect(prepared()).toBe(2)
})

test('without a template the database is empty', async () => {
  const { url } = await create()
  expect(await query(url, `SELECT FROM pg_tables WHERE schemaname = 'public'`)).toEqual([])
})

test('drop deletes a database that is still in use', async () => {
  const database = await create()
  const client = new Client({ connectionString: database.url })
  client.on('error', () => undefined)
  await client.connect()
  await database.drop()
  const { url } = await startTestPostgres()
  expect(await query(url, `SELECT FROM pg_database WHERE datname = '${database.name}'`)).toEqual([])
})
