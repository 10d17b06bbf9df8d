import { person, system } from '@luna/service'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { ask, newEmail, signUp, startGateway } from './support/start-gateway.ts'

const tables = [
  'accounts',
  'person_keys',
  'sessions',
  'refresh_tokens',
  'api_keys',
  'usage',
  'idempotent_requests',
  'erasures',
  'erasure_answers',
  'care',
] as const

const count = (table: string) => sql<{ n: number }>`select count(*)::int as n from ${sql.table(table)}`

async function twoPeople() {
  const gateway = await startGateway()
  const [ada, bob] = [await signUp(gateway), await signUp(gateway)]
  for (const { bearer } of [ada, bob]) {
    const headers = { ...bearer, 'idempotency-key': 'same-key' }
    await ask(gateway, { method: 'POST', url: '/api/v1/me/keys', headers, payload: { name: 'k' } })
  }
  return { gateway, ada, bob }
}

test('no table of persons shows a row without a scope, and each person sees their own alone', async () => {
  const { gateway, ada, bob } = await twoPeople()
  const { db, store } = gateway.ctx
  const found: Partial<Record<(typeof tables)[number], number>> = {}
  for (const table of tables) {
    expect([table, (await count(table).execute(store.work)).rows[0]?.n]).toEqual([table, 0])
    const all = await db.transaction(system, tx => count(table).execute(tx.sql))
    const hers = await db.transaction(person(ada.personId), tx => count(table).execute(tx.sql))
    const his = await db.transaction(person(bob.personId), tx => count(table).execute(tx.sql))
    expect([table, (hers.rows[0]?.n ?? 0) + (his.rows[0]?.n ?? 0)]).toEqual([table, all.rows[0]?.n])
    found[table] = hers.rows[0]?.n ?? 0
  }
  expect(found).toMatchObject({ accounts: 1, person_keys: 1, sessions: 1, api_keys: 1, idempotent_requests: 1 })
})

test('every table that names a person is among them', async () => {
  const { store } = (await startGateway()).ctx
  const { rows } = await sql<{ name: string }>`
    select c.relname as name from pg_class c
    where c.relnamespace = 'gateway'::regnamespace and c.relkind = 'r' and c.relrowsecurity and c.relforcerowsecurity`.execute(
    store.work,
  )
  const withPerson = await sql<{ name: string }>`
    select distinct table_name as name from information_schema.columns
    where table_schema = 'gateway' and column_name = 'person_id' and table_name not in ('outbox', 'erased_persons')`.execute(
    store.work,
  )
  expect(rows.map(row => row.name).toSorted()).toEqual([...tables].toSorted())
  expect(rows.map(row => row.name)).toEqual(expect.arrayContaining(withPerson.rows.map(row => row.name)))
})

test('a row cannot be written, moved or taken under somebody else’s scope', async () => {
  const { gateway, ada, bob } = await twoPeople()
  const { db } = gateway.ctx
  const asBob = person(bob.personId)
  const taken = await db.transaction(asBob, tx =>
    tx.sql.updateTable('accounts').set({ version: 99 }).where('id', '=', ada.personId).executeTakeFirst(),
  )
  expect(taken.numUpdatedRows).toBe(0n)
  const forged = db.transaction(asBob, tx =>
    tx.sql
      .insertInto('api_keys')
      .values({
        id: gateway.ctx.random.id(),
        person_id: ada.personId,
        name_sealed: Buffer.of(1),
        prefix: 'x',
        hash: Buffer.of(1),
      })
      .execute(),
  )
  await expect(forged).rejects.toThrow(/row-level security/)
})

test('no mail address, name or secret stands in the clear', async () => {
  const gateway = await startGateway()
  const email = newEmail()
  const name = 'Grace Canary Hopper'
  const made = await gateway.app.inject({
    method: 'POST',
    url: '/api/v1/auth/register',
    payload: { email, password: 'canary password', displayName: name },
  })
  const bearer = { authorization: `Bearer ${made.json<{ accessToken: string }>().accessToken}`, 'idempotency-key': 'k' }
  const key = await ask(gateway, {
    method: 'POST',
    url: '/api/v1/me/keys',
    headers: bearer,
    payload: { name: 'canary key name' },
  })
  const secret = key.body['secret'] as string
  const dump = await gateway.ctx.db.transaction(system, async tx => {
    const texts = await Promise.all(
      tables.map(table =>
        sql<{ all: string | null }>`select string_agg(t::text, '\n') as all from ${sql.table(table)} t`.execute(tx.sql),
      ),
    )
    return texts.map(({ rows }) => rows[0]?.all ?? '').join('\n')
  })
  expect(dump).toContain(key.body['id'])
  for (const canary of [email, name, 'canary password', 'canary key name', secret]) {
    expect(dump).not.toContain(canary)
    expect(dump).not.toContain(Buffer.from(canary).toString('hex'))
  }
})
