import { createHash } from 'node:crypto'
import type pg from 'pg'
import { waitFor } from '../wait-for.ts'
import { administrator, urlOf } from './administrator.ts'

/** A database that is prepared once for a server and then cloned. */
export interface DatabaseTemplate {
  /** Names what `prepare` makes; other content, other key. */
  key: string
  /** Runs the migrations or whatever else belongs into every clone. Must close its connections. */
  prepare(url: string): Promise<void>
}

/** Makes the template where the server has none of this key, once for all processes. @returns its database's name */
export async function ensureTemplate(serverUrl: string, template: DatabaseTemplate): Promise<string> {
  const name = `template_${createHash('sha256').update(template.key).digest('hex').slice(0, 24)}`
  const client = await administrator(serverUrl).connect()
  try {
    if (await exists(client, name)) return name
    await client.query('SELECT pg_advisory_lock(hashtext($1))', [name])
    try {
      if (!(await exists(client, name))) await make(client, serverUrl, name, template)
    } finally {
      await client.query('SELECT pg_advisory_unlock(hashtext($1))', [name])
    }
    return name
  } finally {
    client.release()
  }
}

async function exists(client: pg.PoolClient, name: string): Promise<boolean> {
  const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1 AND datistemplate', [name])
  return rowCount === 1
}

async function make(client: pg.PoolClient, serverUrl: string, name: string, template: DatabaseTemplate): Promise<void> {
  const draft = `${name}_draft`
  await client.query(`DROP DATABASE IF EXISTS ${draft} WITH (FORCE)`)
  await client.query(`CREATE DATABASE ${draft}`)
  try {
    await template.prepare(urlOf(serverUrl, draft))
    await waitFor(
      async () => {
        const { rowCount } = await client.query('SELECT FROM pg_stat_activity WHERE datname = $1', [draft])
        return rowCount === 0
      },
      { timeoutMs: 5_000, message: `prepare of the template ${template.key} to close its connections` },
    )
    await client.query(`ALTER DATABASE ${draft} RENAME TO ${name}`)
    await client.query(`ALTER DATABASE ${name} WITH IS_TEMPLATE true ALLOW_CONNECTIONS false`)
  } catch (error) {
    await client.query(`DROP DATABASE IF EXISTS ${draft} WITH (FORCE)`)
    throw error
  }
}
