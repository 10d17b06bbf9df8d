import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { engineAddress, ping } from './docker-engine.ts'

test.each([
  ['unix:///var/run/docker.sock', { socketPath: '/var/run/docker.sock' }],
  ['tcp://10.0.0.2:2376', { host: '10.0.0.2', port: 2376 }],
  ['tcp://engine', { host: 'engine', port: 2375 }],
  ['ssh://someone@engine', undefined],
  ['rubbish', undefined],
])('%s', (host, address) => {
  expect(engineAddress(host)).toEqual(address)
})

test('an engine is one that answers a ping', async () => {
  const engine = createServer((request, response) => response.writeHead(request.url === '/_ping' ? 200 : 404).end('OK'))
  await new Promise<void>(resolve => engine.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void engine.close())
  expect(await ping(`tcp://127.0.0.1:${(engine.address() as AddressInfo).port}`)).toBe(true)
  expect(await ping('unix:///no/such/socket')).toBe(false)
})
