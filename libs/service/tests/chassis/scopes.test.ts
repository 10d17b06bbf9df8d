import { randomUUID } from 'node:crypto'
import { LunaError } from '@luna/contracts'
import { createDatabase, createLogger, createPool, migrate, person, roleUrl, secureRows, system } from '@luna/service'
import { createTestDatabase, type TestDatabase } from '@luna/testing'
import { sql } from 'kysely'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'

interface Tables {
  notes: { id: string; person_id: string }
}

const migrations = {
  '2026-01-01-notes': {
    async up(db: Parameters<typeof secureRows>[0]) {
      await sql`create table notes (id uuid primary key, person_id uuid not null)`.execute(db)
      await secureRows(db, 'notes', { person: 'person_id' })
    },
  },
}

const log = createLogger({ service: 'test', level: 'silent' })
let database: TestDatabase
let db: ReturnType<typeof createDatabase<Tables>>
const alice = randomUUID()
const bob = randomUUID()

beforeAll(async () => {
  database = await createTestDatabase()
  await Promise.all([1, 2, 3].map(() => migrate(database.url, 'notes', migrations)))
  await migrate(database.url, 'other', {})
  db = createDatabase<Tables>(createPool({ adminUrl: database.url, schema: 'notes', max: 4, log }), 'notes')
  for (const personId of [alice, bob])
    await db.transaction(person(personId), trx =>
      trx.insertInto('notes').values({ id: randomUUID(), person_id: personId }).execute(),
    )
})

afterAll(async () => {
  await db.close()
  await database.drop()
})

const owners = (rows: { person_id: string }[]) => rows.map(row => row.person_id)

test('no scope, no rows', async () => {
  expect(await db.work.selectFrom('notes').selectAll().execute()).toEqual([])
})

test('a person sees and writes rows of their own, nobody else’s', async () => {
  const seen = await db.transaction(person(alice), trx => trx.selectFrom('notes').selectAll().execute())
  expect(owners(seen)).toEqual([alice])
  const forged = db.transaction(person(alice), trx =>
    trx.insertInto('notes').values({ id: randomUUID(), person_id: bob }).execute(),
  )
  await expect(forged).rejects.toThrow(/row-level security/)
  const stolen = await db.transaction(person(alice), trx =>
    trx.deleteFrom('notes').where('person_id', '=', bob).executeTakeFirst(),
  )
  expect(stolen.numDeletedRows).toBe(0n)
})

test('the system scope sees all', async () => {
  const seen = await db.transaction(system, trx => trx.selectFrom('notes').selectAll().execute())
  expect(owners(seen).toSorted()).toEqual([alice, bob].toSorted())
})

test('thousands of pooled transactions, every third aborted, leak no scope', async () => {
  let foreign = 0
  await Promise.all(
    Array.from({ length: 3_000 }, async (_, index) => {
      const who = index % 2 === 0 ? alice : bob
      await db
        .transaction(person(who), async trx => {
          const seen = await trx.selectFrom('notes').selectAll().execute()
          foreign += owners(seen).filter(owner => owner !== who).length
          if (index % 3 === 0) throw new Error('abort')
        })
        .catch(() => {})
    }),
  )
  expect(foreign).toBe(0)
  expect(await db.work.selectFrom('notes').selectAll().execute()).toEqual([])
})

test('what is sent without waiting is stored by the commit', async () => {
  const carol = randomUUID()
  await db.transaction(person(carol), async (trx, send) => {
    for (let n = 0; n < 3; n += 1) void send(trx.insertInto('notes').values({ id: randomUUID(), person_id: carol }))
  })
  const seen = await db.transaction(person(carol), trx => trx.selectFrom('notes').selectAll().execute())
  expect(seen).toHaveLength(3)
})

test('a statement that was sent and fails takes the commit with it, and tells why before all that failed behind it', async () => {
  const carol = randomUUID()
  const id = randomUUID()
  const insert = (trx: Parameters<Parameters<typeof db.transaction>[1]>[0], note: string) =>
    trx.insertInto('notes').values({ id: note, person_id: carol })
  const twice = (andThen: boolean) =>
    db.transaction(person(carol), async (trx, send) => {
      void send(insert(trx, id))
      void send(insert(trx, id), () => new Error('said before'))
      void send(insert(trx, randomUUID()))
      if (andThen) await trx.selectFrom('notes').selectAll().execute()
    })
  for (const andThen of [false, true]) await expect(twice(andThen)).rejects.toThrow('said before')
  const notes = () => db.transaction(person(carol), trx => trx.selectFrom('notes').selectAll().execute())
  expect(await notes()).toEqual([])
  await Promise.all(
    Array.from({ length: 8 }, () => db.transaction(person(carol), trx => insert(trx, randomUUID()).execute())),
  )
  expect(await notes()).toHaveLength(8)
})

test('a role logs in to its own schema and can not read another one', async () => {
  const client = new pg.Client({ connectionString: roleUrl(database.url, 'other') })
  await client.connect()
  await expect(client.query('select * from notes.notes')).rejects.toThrow(/permission denied/)
  await expect(client.query('select * from notes.outbox')).rejects.toThrow(/permission denied/)
  await client.end()
})

test('a database written by a newer version is refused, with the reason', async () => {
  await migrate(database.url, 'newer', { ...migrations, '2027-01-01-future': { async up() {} } })
  const started = migrate(database.url, 'newer', migrations)
  await expect(started).rejects.toThrow(LunaError)
  await expect(migrate(database.url, 'newer', migrations)).rejects.toThrow(/newer Luna.*2027-01-01-future/)
})

test('a migration that fails leaves nothing behind', async () => {
  const broken = {
    '2026-01-01-half': {
      async up(trx: Parameters<typeof secureRows>[0]) {
        await sql`create table half (id int)`.execute(trx)
        throw new Error('half-way')
      },
    },
  }
  await expect(migrate(database.url, 'broken', broken)).rejects.toThrow(/half-way/)
  const client = new pg.Client({ connectionString: database.url })
  await client.connect()
  const { rows } = await client.query(`select to_regclass('broken.half') as found`)
  await client.end()
  expect(rows[0].found).toBeNull()
})
