import type { Contract, Payload } from '@luna/contracts'
import type { Transaction } from 'kysely'
import type { EventMessage } from '../bus/index.ts'
import type { Clock, Random } from '../clock.ts'
import type { RawDatabase, WorkTables } from '../database/index.ts'
import type { Database, EventsOf, Tx } from '../define/service-definition.ts'
import type { Logger } from '../log/logger.ts'
import type { Scope } from '../scope.ts'
import { withTrace } from '../telemetry/propagation.ts'
import { type Parcel, toRow } from './outbox.ts'
import type { Relay } from './relay.ts'

export interface EnvelopeMaker {
  service: string
  clock: Clock
  random: Random
}

/** An event in its CloudEvents 1.0 envelope (binary mode: attributes as `ce-` headers). */
export function envelope(maker: EnvelopeMaker, name: string, payload: { personId: string | null }): EventMessage {
  const id = maker.random.id()
  return {
    id,
    name,
    personId: payload.personId,
    data: JSON.stringify(payload),
    headers: withTrace({
      'ce-specversion': '1.0',
      'ce-id': id,
      'ce-source': `/luna/${maker.service}`,
      'ce-type': name,
      'ce-time': maker.clock.now().toISOString(),
      'content-type': 'application/json',
    }),
  }
}

export interface TransactionsOptions<Tables> extends EnvelopeMaker {
  store: RawDatabase<Tables>
  relay: () => Relay
  log: Logger
}

export type RunTransaction<Tables, C extends Contract> = <T>(
  scope: Scope,
  work: (tx: Tx<Tables, C>) => Promise<T>,
  also?: string,
) => Promise<T>

/** Transactions with an outbox: one more insert where something is published, sent as soon as the commit is through. */
export function createTransactions<Tables, C extends Contract>(
  options: TransactionsOptions<Tables>,
): Database<Tables, C> & { run: RunTransaction<Tables, C> } {
  const run: RunTransaction<Tables, C> = async (scope, work, also) => {
    const parcels: Parcel[] = []
    const later: (() => void)[] = []
    const stored: { rows?: Promise<{ seq: number }[]> } = {}
    const result = await options.store.transaction(
      scope,
      async (sql, send) => {
        const tx: Tx<Tables, C> = {
          sql,
          send: (query, explain) => void send(query, explain),
          publish(definition: EventsOf<C>, payload) {
            const message = envelope(options, definition.name, payload as { personId: string | null })
            parcels.push({ kind: 'event', id: message.id, message })
          },
          emit(definition, key, frame: Payload<typeof definition>, reference) {
            parcels.push({
              kind: 'frame',
              id: options.random.id(),
              name: definition.name,
              key,
              personId: scope.kind === 'system' ? null : scope.personId,
              reference,
              frame: JSON.stringify(frame),
            })
          },
          afterCommit: fn => later.push(fn),
        }
        const value = await work(tx)
        if (parcels.length > 0) stored.rows = send(intoOutbox(sql as unknown as Transaction<WorkTables>, parcels))
        return value
      },
      also,
    )
    if (stored.rows)
      options.relay().ship(
        parcels,
        (await stored.rows).map(row => row.seq),
      )
    for (const fn of later) {
      try {
        fn()
      } catch (error) {
        options.log.warn({ err: error }, 'work after a commit failed; the commit stands')
      }
    }
    return result
  }
  return { transaction: (scope, work) => run(scope, work), run }
}

const intoOutbox = (sql: Transaction<WorkTables>, parcels: readonly Parcel[]) =>
  sql.insertInto('outbox').values(parcels.map(toRow)).returning('seq')
