import type { Contract } from '@luna/contracts'
import { LunaError } from '@luna/contracts'
import { sql } from 'kysely'
import { Batcher } from '../bus/batcher.ts'
import type { EventMessage } from '../bus/index.ts'
import { pause } from '../bus/pause.ts'
import type { Heard, TogetherListener, Tx } from '../define/service-definition.ts'
import type { Logger } from '../log/logger.ts'
import type { RunTransaction } from '../outbox/transactions.ts'
import { system } from '../scope.ts'
import { readPayload } from './read-payload.ts'

export interface TogetherDependencies<Context, Tables, C extends Contract> {
  /** The listener's name in the inbox. */
  name: string
  context: Context
  run: RunTransaction<Tables, C>
  log: Logger
}

interface Waiting {
  message: EventMessage
  heard: Heard<never>
  /** What became of it once its batch is through. */
  fault?: unknown
}

const defaults = { atMost: 100, gatherMs: 100 } as const

/**
 * Handles deliveries of one listener in batches, one at a time. Each stays a delivery of its own for the bus: what fails is
 * tried again by itself, what was committed and not acknowledged comes again and is found in the inbox.
 */
export function createTogether<Context, Tables, C extends Contract>(
  listener: TogetherListener<Context, Tables, C>,
  { name, context, run, log }: TogetherDependencies<Context, Tables, C>,
): (message: EventMessage) => Promise<void> {
  const { atMost = defaults.atMost, gatherMs = defaults.gatherMs } = listener.options

  const commit = (batch: readonly Waiting[]): Promise<void> =>
    run(system, async tx => {
      const fresh = await record(tx, name, batch)
      const heard = new Map(
        batch.filter(({ message }) => fresh.has(message.id)).map(one => [one.message.id, one.heard]),
      )
      if (heard.size > 0) await listener.together([...heard.values()], tx, context)
    })

  async function handle(batch: readonly Waiting[]): Promise<void> {
    const error = await faultOf(commit(batch))
    if (error === undefined) return
    const away = error instanceof LunaError && error.code === 'unavailable'
    if (batch.length > 1 && !away)
      log.warn({ err: error, listener: name, events: batch.length }, 'a batch failed; each event is tried by itself')
    for (const one of batch) one.fault = batch.length === 1 || away ? error : await faultOf(commit([one]))
  }

  const batcher = new Batcher<Waiting>({
    run: async batch => {
      await handle(batch)
    },
    lanes: 1,
    maximumItems: atMost,
  })
  let gathering: Promise<void> | null = null

  return async message => {
    const payload = readPayload(listener.event, message) as never
    const at = new Date(message.headers['ce-time'] ?? 0)
    const waiting: Waiting = { message, heard: { eventId: message.id, at, payload } }
    gathering ??= pause(gatherMs).finally(() => {
      gathering = null
    })
    await gathering
    await batcher.add(waiting)
    if (waiting.fault !== undefined) throw waiting.fault
  }
}

const faultOf = (work: Promise<void>): Promise<unknown> =>
  work.then(
    () => undefined,
    (error: unknown) => error ?? new Error('failed without a reason'),
  )

/**
 * The inbox rows of a batch; persons are held as by their own transactions, so that no erasure slips in between.
 * In one order everywhere, so that two batches with the same events never wait for each other.
 * @returns the ids of those that were not handled before and whose person is not erased
 */
async function record<Tables, C extends Contract>(
  tx: Tx<Tables, C>,
  listener: string,
  batch: readonly Waiting[],
): Promise<Set<string>> {
  const ordered = batch.map(({ message }) => message).toSorted((a, b) => (a.id < b.id ? -1 : 1))
  const persons = ordered.map(message => message.personId)
  const known = [...new Set(persons.filter(person => person !== null))].toSorted()
  const holding = sql`
    select pg_advisory_xact_lock_shared(hashtextextended(person::text, 0)) from unnest(${known}::uuid[]) person`.execute(
    tx.sql,
  )
  const recording = sql<{ event_id: string }>`
    insert into inbox (event_id, listener)
    select event.id, ${listener} from unnest(${ordered.map(message => message.id)}::uuid[], ${persons}::uuid[]) event (id, person)
    where not exists (select 1 from erased_persons where person_id = event.person)
    on conflict do nothing returning event_id`.execute(tx.sql)
  const [, { rows }] = await Promise.all([holding, recording])
  return new Set(rows.map(row => row.event_id))
}
