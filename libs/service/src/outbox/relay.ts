import { type Kysely, sql } from 'kysely'
import type { Bus } from '../bus/index.ts'
import type { WorkTables } from '../database/index.ts'
import type { Logger } from '../log/logger.ts'
import { outboxShipped } from '../telemetry/metrics.ts'
import { type Parcel, toMessage } from './outbox.ts'

export interface RelayOptions {
  db: Kysely<WorkTables>
  bus: Bus
  log: Logger
  /** Builds a frame whose process has died again from its reference; null when nothing is left to say. */
  rebuild(name: string, reference: Record<string, unknown>): Promise<string | null>
  sweepMs?: number
}

export interface Relay {
  /** Sends what a commit has put into the outbox, at once. `seqs` are its rows. */
  ship(parcels: readonly Parcel[], seqs: readonly number[]): void
  stop(): Promise<void>
}

const claimSeconds = 10
const batch = 200

/** Sends what stands in the outbox: at once after the commit, and by a sweep whatever a dead process has left there. */
export function startRelay({ db, bus, log, rebuild, sweepMs = 1_000 }: RelayOptions): Relay {
  const sent: number[] = []
  const inHand = new Set<Promise<void>>()
  let removing: Promise<void> | null = null
  let stopped = false

  const hold = (work: Promise<void>): void => {
    inHand.add(work)
    void work.finally(() => inHand.delete(work))
  }

  async function remove(): Promise<void> {
    while (sent.length > 0) {
      const seqs = sent.splice(0)
      await db
        .deleteFrom('outbox')
        .where('seq', '=', sql<number>`any(${seqs}::bigint[])`)
        .execute()
        .catch(error => log.warn({ err: error }, 'sent outbox rows could not be removed; they will be sent again'))
    }
    removing = null
  }

  const done = (seqs: readonly number[]): void => {
    sent.push(...seqs)
    removing ??= new Promise<void>(resolve => setImmediate(resolve)).then(remove)
  }

  async function send(parcels: readonly Parcel[], seqs: readonly number[]): Promise<void> {
    for (const parcel of parcels)
      if (parcel.kind === 'frame') bus.emit({ name: parcel.name, key: parcel.key }, parcel.frame)
    const events = parcels.flatMap(parcel => (parcel.kind === 'event' ? [parcel.message] : []))
    try {
      if (events.length > 0) await bus.publish(events)
      outboxShipped.add(parcels.length, { path: 'at-once' })
      done(seqs)
    } catch (error) {
      log.warn({ err: error }, 'events stay in the outbox: the bus did not take them; the sweep tries again')
    }
  }

  async function sweep(): Promise<void> {
    const { rows } = await sql<WorkTables['outbox'] & { seq: number }>`
      update outbox set claimed_until = now() + ${sql.lit(claimSeconds)} * interval '1 second'
      where seq in (select seq from outbox where claimed_until < now() order by seq limit ${sql.lit(batch)} for update skip locked)
      returning *`.execute(db)
    for (const row of rows.toSorted((a, b) => a.seq - b.seq)) {
      if (row.kind === 'event') await bus.publish([toMessage(row)])
      else {
        const frame = await rebuild(row.name, JSON.parse(row.data) as Record<string, unknown>)
        if (frame !== null) bus.emit({ name: row.name, key: row.key ?? 'all' }, frame)
      }
      done([row.seq])
    }
    outboxShipped.add(rows.length, { path: 'sweep' })
  }

  let timer = setTimeout(function tick() {
    hold(
      sweep()
        .catch(error => log.warn({ err: error }, 'the outbox could not be swept; trying again'))
        .finally(() => {
          if (!stopped) timer = setTimeout(tick, sweepMs)
        }),
    )
  }, sweepMs)

  return {
    ship: (parcels, seqs) => hold(send(parcels, seqs)),
    async stop() {
      stopped = true
      clearTimeout(timer)
      await Promise.allSettled(inHand)
      await removing
    },
  }
}
