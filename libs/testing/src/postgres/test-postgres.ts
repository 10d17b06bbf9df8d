import { askTestHost } from '../test-host.ts'
import { startTestCluster, type TestCluster } from './test-cluster.ts'

let shared: Promise<TestCluster> | undefined

/**
 * The PostgreSQL of this test run: the server named by LUNA_TEST_DATABASE_URL (an administrator's URL), else the one
 * that the run's global set-up starts when it is first asked for, else one of this process. Ask for it as often as you
 * like; it ends with the run. Roles are shared by all databases of a server: create them with IF NOT EXISTS semantics.
 */
export async function startTestPostgres(): Promise<TestCluster> {
  shared ??= find()
  return await shared
}

async function find(): Promise<TestCluster> {
  const url = process.env['LUNA_TEST_DATABASE_URL'] || (await askTestHost())
  return url ? { url, stop: async () => undefined } : await startTestCluster()
}
