import { randomBytes } from 'node:crypto'
import { administrator, urlOf } from './administrator.ts'
import { type DatabaseTemplate, ensureTemplate } from './template.ts'
import { startTestPostgres } from './test-postgres.ts'

export interface TestDatabase {
  name: string
  /** The administrator's URL of this database. */
  url: string
  /** Deletes it, connections or not. */
  drop(): Promise<void>
}

export interface TestDatabaseOptions {
  /** What the database holds at first; without it, nothing. */
  template?: DatabaseTemplate
}

/** Makes a throw-away database in milliseconds: a clone of the template, or an empty one. */
export async function createTestDatabase({ template }: TestDatabaseOptions = {}): Promise<TestDatabase> {
  const { url } = await startTestPostgres()
  const source = template ? await ensureTemplate(url, template) : 'template1'
  const name = `test_${randomBytes(8).toString('hex')}`
  await administrator(url).query(`CREATE DATABASE ${name} TEMPLATE ${source} STRATEGY file_copy`)
  return {
    name,
    url: urlOf(url, name),
    async drop() {
      await administrator(url).query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)
    },
  }
}
