import { LunaError } from '@luna/contracts'
import { Client, Pool } from 'pg'
import { pause } from '../pause.ts'
import type { BusLog } from '../types.ts'

/** Class of the advisory locks by which an instance shows that it lives; the object is its number. */
export const instanceLockClass = 0x4c_42_55_53

const tryAgainCodes = new Set(['40001', '40P01', '53300', '55P03', '57P01', '57P02', '57P03'])

/** True for faults of the connection or of the moment, false for faults of the statement. */
export const mayPass = (error: unknown): boolean => {
  const code = (error as { code?: unknown }).code
  if (typeof code !== 'string') return !(error instanceof TypeError)
  return tryAgainCodes.has(code) || code.startsWith('08') || code.startsWith('E')
}

export interface Database {
  /** This process's number, unique for the log. */
  readonly instance: number
  /** Durable once resolved. */
  run<Row>(statement: Statement, values: readonly unknown[]): Promise<Row[]>
  /** Like run, without waiting for the disk: a crash of the database may undo it. */
  runRelaxed<Row>(statement: Statement, values: readonly unknown[]): Promise<Row[]>
  close(): Promise<void>
}

/** A statement is prepared once for each connection under its name. */
export interface Statement {
  name: string
  text: string
}

export interface DatabaseOptions {
  connectionString: string
  log: BusLog
  onReconnect: () => void
}

/** Connects with a durable and a relaxed pool, and a session whose lock shows the others that this process lives. */
export const openDatabase = async (options: DatabaseOptions): Promise<Database> => {
  const pool = (name: string, settings: string) => {
    const made = new Pool({
      connectionString: options.connectionString,
      application_name: name,
      max: 3,
      idleTimeoutMillis: 60_000,
      connectionTimeoutMillis: 15_000,
      options: `-c plan_cache_mode=force_generic_plan ${settings}`,
    })
    made.on('error', error => options.log.warn({ err: error.message }, 'bus: a database connection was lost'))
    return made
  }
  const durable = pool('luna-bus', '-c synchronous_commit=on')
  const relaxed = pool('luna-bus-relaxed', '-c synchronous_commit=off')
  const closing = new AbortController()
  const query = async <Row>(from: Pool, statement: Statement, values: readonly unknown[]): Promise<Row[]> => {
    if (closing.signal.aborted) throw new LunaError('unavailable', 'The bus is closed.')
    const result = await from.query({ name: statement.name, text: statement.text, values: [...values] })
    return result.rows as Row[]
  }

  const current: { session: Client | null } = { session: null }
  const openSession = async (instance?: number): Promise<number> => {
    const client = new Client({
      connectionString: options.connectionString,
      application_name: 'luna-bus-instance',
      connectionTimeoutMillis: 15_000,
      keepAlive: true,
    })
    client.on('error', error => options.log.warn({ err: error.message }, 'bus: the connection to the log was lost'))
    await client.connect()
    const number =
      instance ?? Number((await client.query<{ id: string }>(`SELECT nextval('bus.instances') AS id`)).rows[0]!.id)
    await client.query('SELECT pg_advisory_lock($1, $2)', [instanceLockClass, number])
    client.once('end', () => {
      if (!closing.signal.aborted) void keepSession(number)
    })
    current.session = client
    return number
  }

  const keepSession = async (instance: number): Promise<void> => {
    while (!closing.signal.aborted) {
      try {
        await openSession(instance)
        options.log.info({ instance }, 'bus: connected to the log again')
        options.onReconnect()
        return
      } catch {
        await pause(200, closing.signal)
      }
    }
  }

  try {
    const instance = await openSession()
    return {
      instance,
      run: (statement, values) => query(durable, statement, values),
      runRelaxed: (statement, values) => query(relaxed, statement, values),
      close: async () => {
        closing.abort()
        await Promise.all([current.session?.end(), durable.end(), relaxed.end()])
      },
    }
  } catch (error) {
    closing.abort()
    await Promise.all([current.session?.end(), durable.end(), relaxed.end()])
    throw new LunaError(
      'unavailable',
      `The bus cannot use its log in PostgreSQL (${error instanceof Error ? error.message : 'unknown fault'}). ` +
        'Check the connection, the role and that the schema "bus" has been made.',
      { cause: error },
    )
  }
}
