import { expect, test } from 'vitest'
import { createHosts, hostName, isLoopback } from './hosts.ts'
import { createOrigins } from './origins.ts'

test.each([
  ['luna.example:8080', 'luna.example'],
  ['[::1]:80', '::1'],
  ['LOCALHOST', 'localhost'],
  ['a b', null],
  ['evil@luna', null],
  [undefined, null],
])('the name of %s', (header, name) => {
  expect(hostName(header)).toBe(name)
})

test('loopback is the machine itself and nothing that looks like it', () => {
  for (const name of ['127.0.0.1', '127.9.9.9', '::1', '::ffff:127.0.0.1', 'localhost', 'luna.localhost'])
    expect([name, isLoopback(name)]).toEqual([name, true])
  for (const name of ['127.0.0.1.evil.example', 'localhost.evil.example', '10.0.0.1', '::2', '', null])
    expect([name, isLoopback(name)]).toEqual([name, false])
})

test('hosts are addresses, loopback, and the configured', () => {
  const hosts = createHosts('0.0.0.0', ['https://luna.example.org'])
  for (const host of ['10.0.0.7:8080', 'localhost', 'luna.example.org', 'LUNA.example.org:443'])
    expect([host, hosts.allowed(host)]).toEqual([host, true])
  for (const host of ['evil.example', 'example.org', '', undefined])
    expect([host, hosts.allowed(host)]).toEqual([host, false])
})

test('origins are the own one, port and all, and the configured', () => {
  const origins = createOrigins(['https://app.example.org'])
  const host = 'luna.example.org:8443'
  for (const origin of ['https://luna.example.org:8443', 'https://app.example.org'])
    expect([origin, origins.allowed(origin, host)]).toEqual([origin, true])
  for (const origin of [
    'https://luna.example.org',
    'null',
    'https://app.example.org.evil',
    'file://luna.example.org:8443',
    undefined,
  ])
    expect([origin, origins.allowed(origin, host)]).toEqual([origin, false])
  expect(origins.allowed('https://luna.example.org', 'luna.example.org:443')).toBe(true)
  expect(origins.allowed('http://luna.example.org', undefined)).toBe(false)
})
