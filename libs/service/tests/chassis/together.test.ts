import { randomUUID } from 'node:crypto'
import { type EventMessage, type Heard, onTogether, type RunningService, startService } from '@luna/service'
import { waitFor } from '@luna/testing'
import pg from 'pg'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { systemClock, systemRandom } from '../../src/clock.ts'
import { createDatabase, createPool } from '../../src/database/index.ts'
import { createTransactions } from '../../src/outbox/transactions.ts'
import { createTogether } from '../../src/runtime/together.ts'
import { anyone, type BenchContext, bench, benchPlatform, benchService } from './bench-service.ts'

interface Tables {
  heard: { note_id: string; person_id: string }
}

let platform: Awaited<ReturnType<typeof benchPlatform>>
let service: RunningService
let admin: pg.Client
/** How many events each call of the handler was given. */
let batches: number[]
/** Notes whose handling fails. */
let poison: Set<string>

const listener = onTogether<typeof bench.events.noted, BenchContext, Tables, typeof bench>(
  bench.events.noted,
  async (heard: readonly Heard<{ personId: string; noteId: string }>[], { sql, send }) => {
    batches.push(heard.length)
    const rows = heard.map(({ payload }) => ({ note_id: payload.noteId, person_id: payload.personId }))
    send(sql.insertInto('heard').values(rows))
    if (heard.some(({ payload }) => poison.has(payload.noteId))) throw new Error('poison')
  },
  { gatherMs: 50 },
)

beforeEach(async () => {
  batches = []
  poison = new Set()
  platform = await benchPlatform()
  service = await startService({ ...benchService(), listens: [listener as never] }, platform, {})
  admin = new pg.Client({ connectionString: platform.adminUrl })
  await admin.connect()
})

afterEach(async () => {
  await service.stop()
  await admin.end()
  await platform.drop()
})

/** The listener by itself, on the database of the service: a delivery is a call of it. */
function alone() {
  const log = platform.log
  const pool = createPool({ adminUrl: platform.adminUrl, schema: 'bench', max: 4, log })
  const store = createDatabase<Tables>(pool, 'bench')
  const relay = () => {
    throw new Error('nothing is published here')
  }
  const { run } = createTransactions<Tables, typeof bench>({
    service: 'bench',
    clock: systemClock,
    random: systemRandom,
    store,
    relay,
    log,
  })
  const deliver = createTogether(listener, { name: 'bench--alone', context: {} as BenchContext, run, log })
  return { deliver, close: () => store.close() }
}

const noted = (personId = anyone(), noteId = randomUUID()): EventMessage => ({
  id: randomUUID(),
  name: bench.events.noted.name,
  personId,
  data: JSON.stringify({ personId, noteId }),
  headers: {},
})
const noteOf = ({ data }: EventMessage): string => (JSON.parse(data) as { noteId: string }).noteId
const heardNotes = async (): Promise<string[]> =>
  (await admin.query<{ note_id: string }>('select note_id from bench.heard order by note_id')).rows.map(
    row => row.note_id,
  )
const sorted = (messages: readonly EventMessage[]) => messages.map(noteOf).toSorted()

test('what comes at once is handled at once, each event with one effect', async () => {
  const messages = Array.from({ length: 60 }, () => noted())
  await platform.bus.publish(messages)
  await waitFor(async () => (await heardNotes()).length >= 60, { message: 'all to be heard' })
  expect(await heardNotes()).toEqual(sorted(messages))
  expect(batches.length).toBeLessThan(30)
})

test('a bad event in a batch fails alone and is tried again alone', async () => {
  const messages = Array.from({ length: 12 }, () => noted())
  const bad = noteOf(messages[5] as EventMessage)
  poison.add(bad)
  await platform.bus.publish(messages)
  await waitFor(async () => (await heardNotes()).length >= 11, { message: 'the others to be heard' })
  expect(await heardNotes()).toEqual(sorted(messages).filter(note => note !== bad))
  poison.clear()
  await waitFor(async () => (await heardNotes()).length >= 12, { message: 'the bad one to be tried again' })
  expect(await heardNotes()).toEqual(sorted(messages))
})

test('of a batch with a bad event only that one is rejected', async () => {
  const { deliver, close } = alone()
  const messages = [noted(), noted(), noted()]
  poison.add(noteOf(messages[1] as EventMessage))
  const outcomes = await Promise.allSettled(messages.map(deliver))
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  expect(await heardNotes()).toHaveLength(2)
  await close()
})

test('the same event twice in one batch has one effect, and both deliveries are done', async () => {
  const { deliver, close } = alone()
  const [one, other] = [noted(), noted()]
  await Promise.all([deliver(one), deliver(other), deliver(one)])
  expect(await heardNotes()).toEqual(sorted([one, other]))
  expect(batches).toEqual([2])
  await close()
})

test('what was committed and not acknowledged comes again beside new events, and has one effect', async () => {
  const { deliver, close } = alone()
  const before = [noted(), noted()]
  await Promise.all(before.map(deliver))
  const after = [...before, noted()]
  await Promise.all(after.map(deliver))
  expect(await heardNotes()).toEqual(sorted(after))
  expect(batches).toEqual([2, 1])
  await close()
})

test('a batch that fails leaves no inbox row, so that its events can be tried again', async () => {
  const { deliver, close } = alone()
  const message = noted()
  poison.add(noteOf(message))
  await expect(deliver(message)).rejects.toThrow('poison')
  poison.clear()
  await deliver(message)
  expect(await heardNotes()).toEqual(sorted([message]))
  await close()
})

test('events of an erased person are dropped, and an erasure under way is waited for', async () => {
  const { deliver, close } = alone()
  const [gone, other] = [noted(), noted()]
  await admin.query('begin')
  await admin.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [gone.personId])
  const delivered = Promise.all([deliver(gone), deliver(other)])
  await waitFor(
    async () => {
      const waiting = "select 1 from pg_locks where locktype = 'advisory' and not granted"
      return ((await admin.query(waiting)).rowCount ?? 0) > 0
    },
    { message: 'the batch to wait for the erasure' },
  )
  await admin.query('insert into bench.erased_persons (person_id, erasure_id) values ($1, $2)', [
    gone.personId,
    anyone(),
  ])
  await admin.query('commit')
  await delivered
  expect(await heardNotes()).toEqual(sorted([other]))
  await close()
})
