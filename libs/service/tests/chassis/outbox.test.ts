import { randomUUID } from 'node:crypto'
import { createCaller, type Platform, person, type RunningService, startService } from '@luna/service'
import { waitFor } from '@luna/testing'
import pg from 'pg'
import { afterEach, expect, test } from 'vitest'
import { anyone, bench, benchPlatform, benchService, type Hooks } from './bench-service.ts'

let platform: Awaited<ReturnType<typeof benchPlatform>>
let service: RunningService | undefined

async function start(hooks: Hooks = {}) {
  platform = await benchPlatform()
  service = await startService(benchService(hooks), platform, {})
  return createCaller(platform.bus)
}

afterEach(async () => {
  await service?.stop()
  await platform.drop()
})

const query = async (target: Platform, text: string, values: unknown[] = []) => {
  const client = new pg.Client({ connectionString: target.adminUrl })
  await client.connect()
  try {
    return (await client.query(text, values)).rows
  } finally {
    await client.end()
  }
}

test('what a transaction publishes arrives once, and its outbox row goes', async () => {
  const call = await start()
  const scope = person(anyone())
  const id = randomUUID()
  await call(bench.calls.note, { id }, { scope })
  await waitFor(async () => (await call(bench.calls.notes, {}, { scope })).heard.length > 0, { message: 'heard' })
  expect((await call(bench.calls.notes, {}, { scope })).heard).toEqual([id])
  await waitFor(async () => (await query(platform, 'select 1 from bench.outbox')).length === 0, { message: 'sent' })
})

test('a transaction that fails publishes nothing', async () => {
  const call = await start()
  const scope = person(anyone())
  const failing = call(bench.calls.note, { id: randomUUID(), fail: true }, { scope })
  await expect(failing).rejects.toMatchObject({ code: 'conflict' })
  const after = randomUUID()
  await call(bench.calls.note, { id: after }, { scope })
  await waitFor(async () => (await call(bench.calls.notes, {}, { scope })).heard.includes(after), { message: 'heard' })
  expect(await call(bench.calls.notes, {}, { scope })).toEqual({ ids: [after], heard: [after] })
})

test('what a process committed and died before sending is sent by the sweep, its frame built again', async () => {
  const call = await start()
  const personId = anyone()
  const noteId = randomUUID()
  const frames: string[] = []
  await platform.bus.subscribe({ name: bench.feeds.frames.name, key: personId }, data => frames.push(data))
  await query(
    platform,
    `insert into bench.outbox (kind, id, name, key, person_id, data, headers, claimed_until) values
     ('event', $1, $2, null, $3, $4, '{}', now() - interval '1 second'),
     ('frame', $5, $6, $3::text, $3, $7, '{}', now() - interval '1 second')`,
    [
      randomUUID(),
      bench.events.noted.name,
      personId,
      JSON.stringify({ personId, noteId }),
      randomUUID(),
      bench.feeds.frames.name,
      JSON.stringify({ noteId }),
    ],
  )
  const scope = person(personId)
  await waitFor(async () => (await call(bench.calls.notes, {}, { scope })).heard.length > 0, { message: 'heard' })
  await waitFor(() => frames.length > 0, { message: 'the frame' })
  expect(JSON.parse(frames[0] ?? '')).toEqual({ noteId, rebuilt: true })
})

test('a handler that fails before its commit is tried again and has one effect', async () => {
  const call = await start({
    beforeOnce: attempt => {
      if (attempt < 3) throw new Error('not yet')
    },
  })
  const scope = person(anyone())
  await call(bench.calls.note, { id: randomUUID() }, { scope })
  await waitFor(async () => (await call(bench.calls.notes, {}, { scope })).heard.length > 0, { message: 'heard' })
  expect((await call(bench.calls.notes, {}, { scope })).heard).toHaveLength(1)
})

test('a handler that fails after its commit is delivered again and still has one effect', async () => {
  let deliveries = 0
  const call = await start({
    afterOnce: attempt => {
      deliveries += 1
      if (attempt === 1) throw new Error('died after the commit')
    },
  })
  const scope = person(anyone())
  await call(bench.calls.note, { id: randomUUID() }, { scope })
  await waitFor(() => deliveries >= 2, { message: 'the second delivery' })
  expect((await call(bench.calls.notes, {}, { scope })).heard).toHaveLength(1)
})

test('an erased person can write nothing more, by call or by event', async () => {
  const call = await start()
  const gone = anyone()
  await query(platform, 'insert into bench.erased_persons (person_id, erasure_id) values ($1, $2)', [gone, anyone()])
  const refused = call(bench.calls.note, { id: randomUUID() }, { scope: person(gone) })
  await expect(refused).rejects.toMatchObject({ code: 'not-found' })
  const payload = JSON.stringify({ personId: gone, noteId: randomUUID() })
  await platform.bus.publish([
    { id: randomUUID(), name: bench.events.noted.name, personId: gone, data: payload, headers: {} },
  ])
  const witness = person(anyone())
  await call(bench.calls.note, { id: randomUUID() }, { scope: witness })
  await waitFor(async () => (await call(bench.calls.notes, {}, { scope: witness })).heard.length > 0, {
    message: 'heard',
  })
  await waitFor(async () => (await query(platform, `select 1 from bus.deliveries`)).length === 0, {
    message: 'all settled',
  })
  expect(await query(platform, 'select 1 from bench.heard where person_id = $1', [gone])).toEqual([])
})
