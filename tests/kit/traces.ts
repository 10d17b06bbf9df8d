import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { RunningLuna } from '@luna/testing'
import { jetstreamManager } from '@nats-io/jetstream'
import { connect } from '@nats-io/transport-node'
import { Client } from 'pg'

/** Where a text can be read: one line a place. */
export type Places = string[]

const holds = (data: Uint8Array, text: string): boolean => Buffer.from(data).includes(text)

/** Every table of every schema, each row as text. */
export async function inTables(luna: RunningLuna, text: string): Promise<Places> {
  const client = new Client({ connectionString: await luna.databaseUrl() })
  await client.connect()
  try {
    const { rows: tables } = await client.query<{ name: string }>(
      `select format('%I.%I', table_schema, table_name) as name from information_schema.tables
        where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`,
    )
    const places: Places = []
    for (const { name } of tables) {
      const { rows } = await client.query(`select 1 from ${name} as t where position($1 in t::text) > 0 limit 1`, [
        text,
      ])
      const hex = Buffer.from(text).toString('hex')
      const inBytes = await client.query(`select 1 from ${name} as t where position($1 in t::text) > 0 limit 1`, [hex])
      if (rows.length > 0 || inBytes.rows.length > 0) places.push(name)
    }
    return places.toSorted()
  } finally {
    await client.end()
  }
}

/** Every file below a folder, byte for byte; files that go away meanwhile are passed over. */
export async function inFiles(folder: string, text: string): Promise<Places> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  const places: Places = []
  for (const entry of entries) {
    if (!entry.isFile()) continue
    const path = join(entry.parentPath, entry.name)
    const data = await readFile(path).catch(() => Buffer.alloc(0))
    if (holds(data, text)) places.push(path)
  }
  return places
}

/** The files of the database server itself, its write-ahead log among them. */
export async function inDatabaseFiles(luna: RunningLuna, text: string): Promise<Places> {
  const client = new Client({ connectionString: await luna.databaseUrl() })
  await client.connect()
  try {
    await client.query('checkpoint')
    const { rows } = await client.query<{ data_directory: string }>('show data_directory')
    return await inFiles(rows[0]?.data_directory ?? '', text)
  } finally {
    await client.end()
  }
}

/** Every message of every stream, dead letters among them: subject, headers and data. */
export async function inStreams(natsUrl: string, text: string): Promise<Places> {
  const connection = await connect({ servers: natsUrl })
  try {
    const manager = await jetstreamManager(connection)
    const places: Places = []
    for await (const { config, state } of manager.streams.list()) {
      for (let seq = state.first_seq; state.messages > 0 && seq <= state.last_seq; seq += 1) {
        const message = await manager.streams.getMessage(config.name, { seq }).catch(() => null)
        if (!message) continue
        const headers = [...message.header].map(([name, values]) => `${name}: ${values.join()}`).join('\n')
        if (holds(message.data, text) || headers.includes(text) || message.subject.includes(text))
          places.push(`${config.name} ${message.subject}`)
      }
    }
    return places
  } finally {
    await connection.close()
  }
}
