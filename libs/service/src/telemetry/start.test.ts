import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { metrics } from '@opentelemetry/api'
import { expect, test } from 'vitest'
import { callDuration, callsServed } from './metrics.ts'
import { startTelemetry } from './start.ts'

test('what was counted before anybody collected is there at the first scrape, and what comes after as well', async () => {
  const telemetry = await startTelemetry('test', {})
  const server = createServer((request, response) => telemetry.serveMetrics(request, response)).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const scrape = async () => (await fetch(`http://127.0.0.1:${port}/metrics`)).text()

  callsServed.add(2, { call: 'early', outcome: 'ok' })
  callDuration.record(7, { call: 'early' })
  const elsewhere = metrics.getMeter('elsewhere').createHistogram('elsewhere_ms')
  elsewhere.record(3)
  const first = await scrape()
  expect(first).toMatch(/^luna_calls_served_total\{[^}]*call="early"[^}]*\} 2$/m)
  expect(first).toMatch(/^luna_call_ms_sum\{[^}]*call="early"[^}]*\} 7$/m)
  expect(first).toMatch(/^elsewhere_ms_sum.* 3$/m)

  callsServed.add(3, { call: 'early', outcome: 'ok' })
  expect(await scrape()).toMatch(/^luna_calls_served_total\{[^}]*call="early"[^}]*\} 5$/m)

  server.close()
  server.closeAllConnections()
  await telemetry.stop()
  metrics.disable()
})
