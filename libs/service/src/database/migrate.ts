import { LunaError } from '@luna/contracts'
import { Kysely, PostgresDialect, sql } from 'kysely'
import { type Migration, Migrator } from 'kysely/migration'
import pg from 'pg'
import { ensureRole } from './roles.ts'
import { workTablesMigration } from './work-tables.ts'

/** A service's migrations, listed by hand: time-named keys in order. */
export type Migrations = Readonly<Record<string, Migration>>

const bookkeeping = ['migrations', 'migrations_lock']

/** The names of the migrations that a schema has, or null when it has none yet. */
async function executed(admin: pg.ClientBase, schema: string): Promise<string[] | null> {
  const { rows } = await admin.query('select to_regclass($1) is not null as there', [`${schema}.migrations`])
  if (!rows[0].there) return null
  const names = await admin.query(`select name from ${schema}.migrations order by name`)
  return names.rows.map(row => row.name as string)
}

/**
 * Brings one schema up to date as administrator, under the migrator's advisory lock, and lets its role in.
 * @throws LunaError `invalid` when the database was written by a newer Luna.
 */
export async function migrate(adminUrl: string, schema: string, own: Migrations): Promise<void> {
  const migrations: Record<string, Migration> = { '0000-00-00T00-work-tables': workTablesMigration(schema), ...own }
  const wanted = Object.keys(migrations).toSorted()
  const admin = new pg.Client({ connectionString: adminUrl })
  await admin.connect()
  try {
    const found = await executed(admin, schema)
    const unknown = found?.filter(name => !wanted.includes(name)) ?? []
    if (unknown.length > 0)
      throw new LunaError(
        'invalid',
        `The schema "${schema}" of the database was written by a newer Luna: it has the migration ${unknown.at(-1)}, which this version does not know. Start the newer version, or point DATABASE_URL or LUNA_DATA_DIR at other data.`,
      )
    if (found?.length === wanted.length) return
    await ensureRole(admin, adminUrl, schema)
  } finally {
    await admin.end()
  }
  await runMigrations(adminUrl, schema, migrations)
}

async function runMigrations(adminUrl: string, schema: string, migrations: Record<string, Migration>): Promise<void> {
  const pool = new pg.Pool({
    connectionString: adminUrl,
    max: 1,
    options: `-c search_path=${schema},public -c luna.scope=system`,
  })
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) })
  try {
    const { error, results } = await new Migrator({
      db,
      provider: { getMigrations: async () => migrations },
      migrationTableSchema: schema,
      migrationTableName: bookkeeping[0]!,
      migrationLockTableName: bookkeeping[1]!,
    }).migrateToLatest()
    if (error) {
      const failed = results?.find(result => result.status === 'Error')
      throw new LunaError(
        'internal',
        `The migration ${failed?.migrationName ?? 'bookkeeping'} of the schema "${schema}" failed, and nothing of it was kept: ${error instanceof Error ? error.message : 'for an unknown reason'}.`,
        { cause: error },
      )
    }
    for (const table of bookkeeping)
      await sql`revoke all on ${sql.table(`${schema}.${table}`)} from ${sql.ref(`luna_${schema}`)}`.execute(db)
  } finally {
    await db.destroy()
  }
}
