import { LunaError } from '@luna/contracts'
import { Kysely, PostgresDialect, type Transaction } from 'kysely'
import type pg from 'pg'
import type { Scope } from '../scope.ts'
import { type Send, scopedTransaction } from './scoped-transaction.ts'
import { alreadyHandled, personErased, type WorkTables } from './work-tables.ts'

/** A service's own schema. Nothing is read or written outside a transaction that says on whose behalf. */
export interface RawDatabase<Tables> {
  transaction<T>(
    scope: Scope,
    work: (sql: Transaction<Tables & WorkTables>, send: Send) => Promise<T>,
    also?: string,
  ): Promise<T>
  /** Work tables (outbox, inbox, leases, jobs) may be used without a scope. */
  readonly work: Kysely<Tables & WorkTables>
  check(): Promise<void>
  close(): Promise<void>
}

/** Thrown by a transaction whose event was handled before, or whose person is erased. */
export class AlreadyHandled extends Error {
  override readonly name = 'AlreadyHandled'
}

const connectionLost = /^(08|57P0|53)/

/** A database that is away is `unavailable`, for the client to try again; all else is thrown as it is. */
function explain(error: unknown): unknown {
  if (error instanceof LunaError || !(error instanceof Error)) return error
  const code = (error as { code?: unknown }).code
  if (code === alreadyHandled) return new AlreadyHandled(error.message)
  if (code === personErased) return new LunaError('not-found', 'This account has been erased.')
  const gone =
    (typeof code === 'string' && (connectionLost.test(code) || code.startsWith('ECONN') || code === 'EPIPE')) ||
    /Connection terminated|timeout exceeded when trying to connect|not queryable|Cannot use a pool after calling end/.test(
      error.message,
    )
  if (!gone) return error
  return new LunaError('unavailable', 'The database is not reachable right now; nothing was changed. Try again.', {
    cause: error,
  })
}

/** @param schema the service's own, whose work tables the pool's role sees */
export function createDatabase<Tables>(pool: pg.Pool, schema: string): RawDatabase<Tables> {
  const work = new Kysely<Tables & WorkTables>({ dialect: new PostgresDialect({ pool }) })
  return {
    work,
    async transaction(scope, fn, also) {
      try {
        return await scopedTransaction(pool, schema, { scope, also }, fn)
      } catch (error) {
        throw explain(error)
      }
    },
    async check() {
      try {
        await pool.query('select 1')
      } catch (error) {
        throw explain(error)
      }
    },
    close: () => work.destroy(),
  }
}
