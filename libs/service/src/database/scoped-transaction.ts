import {
  type Compilable,
  type CompiledQuery,
  type DatabaseConnection,
  type Driver,
  Kysely,
  PostgresDialect,
  type QueryResult,
  type Transaction,
} from 'kysely'
import type pg from 'pg'
import { isUuid, type Scope } from '../scope.ts'

/** What BEGIN carries along in its round trip: the scope, and for a listener the inbox row. */
export interface Opening {
  scope: Scope
  /** Runs in the same round trip, after the scope is set. Must hold no outside text. */
  also?: string | undefined
}

const literal = (value: string): string => {
  if (value !== '' && !isUuid(value)) throw new TypeError('a scope may only hold UUIDs')
  return `'${value}'`
}

/**
 * `BEGIN` and the scope in one statement text; `true` makes the settings end with the transaction. A person's transaction
 * shares a lock that the person's erasure takes alone, so that nothing in flight commits behind an erasure.
 */
export function openingSql(schema: string, { scope, also = '' }: Opening): string {
  const personId = scope.kind === 'system' ? '' : scope.personId
  const workspaceId = scope.kind === 'workspace' ? scope.workspaceId : ''
  return (
    `begin; select set_config('luna.scope', '${scope.kind}', true), ` +
    `set_config('luna.person', ${literal(personId)}, true), ` +
    `set_config('luna.workspace', ${literal(workspaceId)}, true); ` +
    `${also}${personId === '' ? '' : `; select ${schema}.enter(${literal(personId)})`}`
  )
}

/** Sends a statement without waiting: its outcome is the commit's. The promise may be left alone. */
export type Send = <R>(query: Compilable<R>, explain?: (error: unknown) => unknown) => Promise<R[]>

/** One connection that is lent to a transaction, as Kysely wants to see it. */
class LentConnection implements DatabaseConnection {
  readonly #client: pg.PoolClient
  readonly #sent: Promise<unknown>[] = []

  constructor(client: pg.PoolClient) {
    this.#client = client
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const { command, rowCount, rows } = await this.#client.query(query.sql, [...query.parameters])
    const changes = command === 'INSERT' || command === 'UPDATE' || command === 'DELETE' || command === 'MERGE'
    return { rows: rows ?? [], ...(changes ? { numAffectedRows: BigInt(rowCount ?? 0) } : {}) }
  }

  readonly send: Send = <R>(query: Compilable<R>, explain = (error: unknown) => error): Promise<R[]> => {
    const { sql, parameters } = query.compile()
    const answer = this.#client.query(sql, [...parameters]).then(
      ({ rows }) => rows as R[],
      (error: unknown) => {
        throw explain(error)
      },
    )
    answer.catch(() => {})
    this.#sent.push(answer)
    return answer
  }

  /** Rejects with the first fault of what was sent. */
  async settled(): Promise<void> {
    await Promise.all(this.#sent)
  }

  streamQuery(): AsyncIterableIterator<never> {
    throw new Error('streaming is not offered inside a transaction')
  }
}

/** Kysely's dialect over one lent connection; the transaction around it is ours. */
class LentDialect extends PostgresDialect {
  readonly #connection: DatabaseConnection

  constructor(connection: DatabaseConnection) {
    super({ pool: undefined as never })
    this.#connection = connection
  }

  override createDriver(): Driver {
    const refuse = async () => {
      throw new Error('a transaction can not be begun inside another one')
    }
    return {
      init: async () => {},
      acquireConnection: async () => this.#connection,
      releaseConnection: async () => {},
      beginTransaction: refuse,
      commitTransaction: refuse,
      rollbackTransaction: refuse,
      destroy: async () => {},
    }
  }
}

/**
 * Runs `work` in a transaction that opens with its scope. The first statement of `work` travels with the opening, and what
 * was sent without waiting with the commit. Where the opening decides whether `work` may run at all (`also`), it is
 * waited for. Written here, and not with Kysely's own transactions, because
 * those take no parameter along to BEGIN but by AsyncLocalStorage, which makes every promise of a Node 20 process dearer.
 * A connection whose rollback failed is thrown away, so that no scope outlives its transaction.
 */
export async function scopedTransaction<Tables, T>(
  pool: pg.Pool,
  schema: string,
  opening: Opening,
  work: (sql: Transaction<Tables>, send: Send) => Promise<T>,
): Promise<T> {
  const client = await pool.connect()
  let broken: Error | undefined
  const opened = client.query(openingSql(schema, opening))
  opened.catch(() => {})
  const lent = new LentConnection(client)
  try {
    if (opening.also) await opened
    const sql = new Kysely<Tables>({ dialect: new LentDialect(lent) })
    const result = await work(sql as unknown as Transaction<Tables>, lent.send)
    const committed = client.query('commit')
    committed.catch(() => {})
    await lent.settled()
    const { command } = await committed
    if (command !== 'COMMIT') throw new Error('The transaction was rolled back by an earlier error.')
    return result
  } catch (error) {
    await client.query('rollback').catch((failure: Error) => {
      broken = failure
    })
    // What fails behind another fault says only that it does: the first one tells why.
    await opened
    await lent.settled()
    throw error
  } finally {
    client.release(broken)
  }
}
