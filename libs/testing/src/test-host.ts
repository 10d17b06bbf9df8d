import { randomBytes } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { startTestCluster, type TestCluster } from './postgres/test-cluster.ts'

const variable = 'LUNA_TEST_HOST'

/**
 * What test files of one run share: a PostgreSQL cluster, started when the first file asks. Files run in processes of
 * their own and find this host by the environment they inherit.
 * @returns ends the host and what it started
 */
export async function startTestHost(): Promise<() => Promise<void>> {
  if (process.env[variable]) return async () => undefined
  let cluster: Promise<TestCluster> | undefined
  const path = `/${randomBytes(16).toString('hex')}/postgres`
  const server = createServer((request, response) => {
    if (request.url !== path) return void response.writeHead(404).end()
    cluster ??= startTestCluster()
    cluster.then(
      ({ url }) => response.end(url),
      (error: Error) => response.writeHead(500).end(error.message),
    )
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  server.unref()
  process.env[variable] = `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`
  return async () => {
    delete process.env[variable]
    server.closeAllConnections()
    server.close()
    await cluster?.then(
      started => started.stop(),
      () => undefined,
    )
  }
}

/** The administrator's URL of the run's cluster, or undefined when this run has no host. */
export async function askTestHost(): Promise<string | undefined> {
  const address = process.env[variable]
  if (!address) return undefined
  const response = await fetch(address)
  const text = await response.text()
  if (!response.ok) throw new Error(`The test run's PostgreSQL did not start: ${text}`)
  return text
}
