import { Pool } from 'pg'

const pools = new Map<string, Pool>()

/** Connections of this process to a server's maintenance database; idle ones keep no process alive. */
export function administrator(url: string): Pool {
  let pool = pools.get(url)
  if (!pool) {
    pool = new Pool({ connectionString: url, max: 4, allowExitOnIdle: true, idleTimeoutMillis: 2_000 })
    pool.on('error', () => undefined)
    pools.set(url, pool)
  }
  return pool
}

/** The same server and user, another database. */
export function urlOf(serverUrl: string, database: string): string {
  const url = new URL(serverUrl)
  url.pathname = `/${database}`
  return url.href
}
