import { createHmac, randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { csrfHolds, makeCsrfToken } from './csrf.ts'

const secretsOf = (key: string) => ({
  mac: (purpose: string, text: string) => createHmac('sha256', `${key} ${purpose}`).update(text).digest(),
})
const secrets = secretsOf('ours')
const make = (sessionId: string, by = secrets) => makeCsrfToken(by, sessionId, randomBytes(16))

test('holds for its own session when cookie and header agree', () => {
  const token = make('s1')
  expect(csrfHolds(secrets, { sessionId: 's1', cookie: token, header: token })).toBe(true)
})

test.each([
  ['another session', 's2', make('s1'), null],
  ['another secret', 's1', make('s1', secretsOf('theirs')), null],
  ['no header', 's1', make('s1'), undefined],
  ['a header that differs', 's1', make('s1'), make('s1')],
  ['a token without a signature', 's1', 'nonce', null],
  ['an empty signature', 's1', 'nonce.', null],
  ['a third part', 's1', `${make('s1')}.x`, null],
])('does not hold for %s', (_what, sessionId, cookie, header) => {
  expect(csrfHolds(secrets, { sessionId, cookie, header: header === null ? cookie : (header ?? null) })).toBe(false)
})
