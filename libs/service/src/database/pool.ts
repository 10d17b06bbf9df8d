import { createHash } from 'node:crypto'
import type { Writable } from 'node:stream'
import { LRUCache } from 'lru-cache'
import pg from 'pg'
import type { Logger } from '../log/logger.ts'
import { roleUrl } from './roles.ts'

const int8 = 20
const types: pg.CustomTypesConfig = {
  /** bigint as number: sequence numbers and counts stay far below 2^53. */
  getTypeParser: ((oid: number, format: 'text') =>
    oid === int8 ? Number : pg.types.getTypeParser(oid, format)) as pg.CustomTypesConfig['getTypeParser'],
}

const names = new LRUCache<string, string>({ max: 2_000 })

function statementName(text: string): string {
  let name = names.get(text)
  if (!name) {
    name = `l${createHash('sha1').update(text).digest('base64url').slice(0, 20)}`
    names.set(text, name)
  }
  return name
}

/**
 * Statements with parameters are prepared once a connection and planned once; the name follows from the text. What is asked
 * in one go leaves in one packet: the connection sends without waiting for answers (`pipeline`), and a packet costs more
 * than most statements.
 */
function prepareStatements(client: pg.PoolClient): void {
  const plain = client.query.bind(client) as (...args: unknown[]) => unknown
  const gather = gatherer((client as unknown as { connection: { stream: Writable } }).connection.stream)
  const prepared = (text: unknown, values?: unknown, ...rest: unknown[]): unknown => {
    gather()
    return typeof text === 'string' && Array.isArray(values) && values.length > 0 && text.length < 4_000
      ? plain({ name: statementName(text), text, values }, ...rest)
      : plain(text, values, ...rest)
  }
  client.query = prepared as typeof client.query
}

/** Holds a stream's writes back until the microtasks of this turn of the loop are through. */
function gatherer(stream: Writable): () => void {
  let holding = false
  const letGo = () => {
    holding = false
    stream.uncork()
  }
  return () => {
    if (holding) return
    holding = true
    stream.cork()
    // A tick asked for outside a microtask would come before all microtasks, one asked for inside comes after them.
    queueMicrotask(() => process.nextTick(letGo))
  }
}

export interface PoolOptions {
  adminUrl: string
  schema: string
  max: number
  log: Logger
}

/** Connections as a service's own role, its schema alone on the search path. They come back by themselves after a loss. */
export function createPool({ adminUrl, schema, max, log }: PoolOptions): pg.Pool {
  const pool = new pg.Pool({
    connectionString: roleUrl(adminUrl, schema),
    max,
    types,
    pipeline: true,
    options: `-c search_path=${schema},public -c statement_timeout=30000 -c idle_in_transaction_session_timeout=60000`,
    application_name: `luna-${schema}`,
    connectionTimeoutMillis: 15_000,
    idleTimeoutMillis: 60_000,
    keepAlive: true,
  })
  pool.on('connect', client => {
    prepareStatements(client)
    client.on('error', error => log.warn({ err: error }, 'a database connection was lost'))
  })
  pool.on('error', error => log.warn({ err: error }, 'an idle database connection was lost'))
  return pool
}
