import { expect, test } from 'vitest'
import { makeCookie, readCookie } from './cookies.ts'

test('reads one cookie among others, and no other’s value for it', () => {
  const header = 'a=1; luna_session=abc.def; xluna_session=no; luna_session=second'
  expect(readCookie(header, 'luna_session')).toBe('abc.def')
  expect(readCookie(header, 'luna_refresh')).toBeNull()
  expect(readCookie(undefined, 'luna_session')).toBeNull()
})

test('is Secure where the page is, and taken away by an empty one', () => {
  expect(makeCookie('luna_session', 'v', 900, true)).toBe(
    'luna_session=v; Path=/; Max-Age=900; HttpOnly; SameSite=Strict; Secure',
  )
  expect(makeCookie('luna_refresh', '', 0, false)).toContain('luna_refresh=; Path=/api/v1/auth; Max-Age=0;')
})
