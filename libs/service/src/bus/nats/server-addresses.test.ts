import { expect, test } from 'vitest'
import { serverAddresses } from './server-addresses.ts'

test('one server, several, with user and password, with a token', () => {
  expect(serverAddresses('nats://nats:4222')).toEqual({ servers: ['nats://nats:4222'] })
  expect(serverAddresses('nats://a:4222, b:4222')).toEqual({ servers: ['nats://a:4222', 'b:4222'] })
  expect(serverAddresses('nats://chat:p%40ss:word@a:4222,nats://chat:x@b:4222')).toEqual({
    servers: ['nats://a:4222', 'nats://b:4222'],
    user: 'chat',
    pass: 'p@ss:word',
    inboxPrefix: '_INBOX.chat',
  })
  expect(serverAddresses('tls://secret@a:4222')).toEqual({ servers: ['tls://a:4222'], token: 'secret' })
})
