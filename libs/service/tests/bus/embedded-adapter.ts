import { createTestDatabase, type TestDatabase } from '@luna/testing'
import { Client } from 'pg'
import { createEmbeddedBus, type EmbeddedBusOptions, ensureBusSchema } from '../../src/bus/index.ts'
import { ensureRole, roleUrl } from '../../src/database/index.ts'
import type { Adapter } from './harness.ts'
import { silentLog } from './silent-log.ts'

export interface EmbeddedAdapter extends Adapter {
  database: TestDatabase
  /** The administrator's connection. */
  query<Row>(text: string): Promise<Row[]>
  options(): Pick<EmbeddedBusOptions, 'connectionString' | 'log'>
  drop(): Promise<void>
}

/** A database with the schema of the bus, used as its role. */
export const startEmbeddedAdapter = async (): Promise<EmbeddedAdapter> => {
  const database = await createTestDatabase()
  const admin = new Client({ connectionString: database.url })
  await admin.connect()
  await ensureRole(admin, database.url, 'bus')
  await ensureBusSchema(admin)
  const url = roleUrl(database.url, 'bus')
  const options = () => ({ connectionString: url, log: silentLog })
  const query = async <Row>(text: string) => (await admin.query(text)).rows as Row[]
  return {
    kind: 'embedded',
    database,
    query,
    options,
    url: () => url,
    open: (topology, log) => createEmbeddedBus({ ...options(), topology, ...(log ? { log } : {}) }),
    dump: async () => JSON.stringify([await query('TABLE bus.events'), await query('TABLE bus.deliveries')]),
    drop: async () => {
      await admin.end()
      await database.drop()
    },
  }
}
